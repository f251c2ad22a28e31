package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What config/application.yaml says in comments is YAML that an operator may uncomment. */
class SettingsFileTest {
    @Test
    void everyCommentedSettingIsYamlOnceUncommented() throws Exception {
        String text = Files.readAllLines(Path.of("config/application.yaml")).stream()
                .filter(line -> !line.matches("# \\S.*"))
                .map(line -> line.startsWith("#") ? line.substring(1) : line)
                .collect(Collectors.joining("\n"));
        JsonNode settings = new YAMLMapper().readTree(text);
        assertThat(settings.at("/patchbay/sighting/keep").asText()).isEqualTo("90d");
        assertThat(settings.at("/patchbay/radius/auth-port").asInt()).isEqualTo(1812);
        assertThat(settings.at("/spring/datasource/url").asText()).startsWith("jdbc:postgresql:");
    }
}
