package io.patchbay.netbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes in which NetBox refuses fields, as seen of 4.4, 4.6 and 4.7. */
class FieldErrorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"status\":[\"no choice.\"]}; false; status: no choice.",
                "{\"__all__\":[\"must be unique.\"]}; false; must be unique.",
                "{\"non_field_errors\":[\"a set.\"]}; false; a set.",
                "{\"detail\":\"no.\"}; false; no.",
                "{\"custom_fields\":{\"x\":\"unknown.\"}}; false; custom_fields.x: unknown.",
                "[{\"prefix_length\":\"too short.\"}]; false; prefix_length: too short.",
                "[\"exclusive.\"]; false; exclusive.",
                "[{},{\"address\":[\"bad\"]},{}]; true; 1.address: bad",
                "{\"detail\":\"1 of 3\",\"errors\":[{\"index\":2,\"errors\":{\"vid\":[\"low\"]}}]}; true; 2.vid: low",
                "{\"detail\":\"1 of 3\",\"errors\":[{\"id\":77,\"errors\":{\"id\":[\"none\"]}}]}; true; 77.id: none",
                "{}; false; It does not say why."
            })
    void everyShapeIsRead(String body, boolean list, String reason) throws Exception {
        assertThat(FieldErrors.read(JSON.readTree(body), list).reason())
                .isEqualTo("NetBox does not accept it: " + reason);
    }

    @Test
    void aPageOfHtmlIsNoReason() {
        assertThat(FieldErrors.read(MissingNode.getInstance(), false).fields())
                .containsOnlyKeys(NetBoxOutcome.Invalid.WHOLE);
    }
}
