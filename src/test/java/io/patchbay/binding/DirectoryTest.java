package io.patchbay.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryTest {
    private final Directory directory = new Directory(
            List.of(
                    Given.nas().id(1).address("192.0.2.0/24").build(),
                    Given.nas().id(2).address("192.0.2.128/25").build(),
                    Given.nas().id(3).address("192.0.2.129").build(),
                    Given.nas().id(4).address("2001:db8::/32").build(),
                    Given.nas().id(5).address("2001:db8:0:0:8000::/65").build(),
                    Given.nas().id(6).address("2001:db8::1").build()),
            List.of(Given.OLT1, Given.OLT2, Given.ANYWHERE),
            List.of(Given.TENANT),
            List.of(Given.PLAN));

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 1",
        "192.0.2.128, 2",
        "192.0.2.129, 3",
        "192.0.3.1, 0",
        "2001:db8:ffff::1, 4",
        "2001:db8::8000:0:0:1, 5",
        "2001:db8::7fff:0:0:1, 4",
        "2001:db8::1, 6",
        "2001:db9::1, 0",
    })
    void theLongestPrefixNamesTheNas(String source, long id) throws Exception {
        var nas = directory.nas(InetAddress.getByName(source));
        assertThat(nas == null ? 0 : nas.id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"11, 1, true", "11, 2, false", "12, 2, true", "13, 1, true", "13, 2, true", "99, 1, false"})
    void aNasSpeaksOfItsOwnAccessNodesAndOfThoseBehindAny(long node, long nas, boolean visible) {
        assertThat(directory.isVisible(node, Given.nas().id(nas).build())).isEqualTo(visible);
    }

    @ParameterizedTest
    @CsvSource({"1, tr-101 opaque", "3, opaque", "99, opaque"})
    void templatesAreThoseOfTheVisibleNodes(long nas, String templates) {
        assertThat(directory.templates(Given.nas().id(nas).build())).containsExactly(templates.split(" "));
    }
}
