package io.patchbay.line;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the line templates at the start; a mistake in them stops it with file and line. */
@Configuration(proxyBeanMethods = false)
class LineConfiguration {
    @Bean
    LineTemplates lineTemplates(@Value("${patchbay.config-dir:config}") Path configFolder) {
        return LineTemplates.load(configFolder.resolve("line-templates.yaml"));
    }
}
