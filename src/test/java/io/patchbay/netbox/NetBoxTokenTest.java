package io.patchbay.netbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetBoxTokenTest {
    @TempDir
    private Path folder;

    @Test
    void itsShapeTellsItsVersion() {
        assertThat(NetBoxToken.of("a".repeat(40), null).authorization()).isEqualTo("Token " + "a".repeat(40));
        assertThat(NetBoxToken.of("nbt_key.secret", null).authorization()).isEqualTo("Bearer nbt_key.secret");
    }

    @Test
    void aFileMayEndWithALine() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "nbt_key.secret\n");
        assertThat(NetBoxToken.of(null, file).authorization()).isEqualTo("Bearer nbt_key.secret");
        assertThat(NetBoxToken.of("", file).authorization()).isEqualTo("Bearer nbt_key.secret");
    }

    @Test
    void oneIsNeededAndNoMore() {
        assertThatThrownBy(() -> NetBoxToken.of(null, null)).hasMessageContaining("neither is set");
        assertThatThrownBy(() -> NetBoxToken.of("abc", folder)).hasMessageContaining("both are set");
        assertThatThrownBy(() -> NetBoxToken.of(null, folder.resolve("none"))).hasMessageContaining("none");
    }

    @Test
    void whatIsNoTokenIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> NetBoxToken.of("two words", null))
                .hasMessageContaining("one word")
                .hasMessageNotContaining("two");
        assertThatThrownBy(() -> NetBoxToken.of("nbt_onlythekey", null))
                .hasMessageContaining("dot")
                .hasMessageNotContaining("onlythekey");
    }

    @Test
    void itDoesNotShowItself() {
        assertThat(NetBoxToken.of("nbt_key.secret", null)).asString().doesNotContain("secret", "key");
    }
}
