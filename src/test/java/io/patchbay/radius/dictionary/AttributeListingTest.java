package io.patchbay.radius.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeListingTest {
    private static final AttributeListing LISTING =
            new AttributeListing(DictionaryParser.load(Path.of("dictionaries/dictionary")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "010461 62                      | User-Name = \"ab\"",
                "0104 0102                      | User-Name = 0x0102",
                "0212 00112233445566778899aabbccddeeff | User-Password = ***",
                "0804 c000                      | Framed-IP-Address = 0xc000",
                "0806 c0000201                  | Framed-IP-Address = 192.0.2.1",
                "4006 0000000d                  | Tunnel-Type = VLAN",
                "4006 0100000d                  | Tunnel-Type:1 = VLAN",
                "5105 013132                    | Tunnel-Private-Group-Id:1 = \"12\"",
                "5104 3132                      | Tunnel-Private-Group-Id = \"12\"",
                "c803 07                        | Attr-200 = 0x07",
                "1a0c 0000130a a006 000001f5    | ERX-Vlan-Map-Id = 501",
                "1a0a 00000009 6304 0102        | Attr-26.9.99 = 0x0102",
                "1a0a 0000ffff 0104 0102        | Attr-26.65535.1 = 0x0102",
                "1a0a 00000009 0105 0102        | Attr-26.9 = 0x01050102",
                "1a05 000009                    | Vendor-Specific = 0x000009",
                "f109 05 0106 00000007          | IP-Port-Type = 7",
                "f109 05 0107 00000007          | IP-Port-Limit-Info = 0x010700000007",
                "f105 c8 0102                   | Attr-241.200 = 0x0102",
                "1906 7062 313a                 | Class = \"pb1:\"",
                "1904 00ff                      | Class = 0x00ff",
                "f506 03 00 0102                | DHCPv6-Options = 0x0102",
                "f506 03 80 0102                | Extended-Attribute-5 = 0x03800102",
                "f50b 1a 00 00000009 07 6162    | Attr-245.26.9.7 = 0x6162",
                "0806 c000                      | (malformed) = 0x0806c000",
                "08                             | (malformed) = 0x08",
            })
    void anAttributeIsOneLine(String hex, String line) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(LISTING.lines(bytes, 0, bytes.length)).containsExactly(line);
    }

    @Property
    void noBytesThrow(@ForAll @Size(max = 60) byte[] bytes) {
        assertThatCode(() -> LISTING.lines(bytes, 0, bytes.length)).doesNotThrowAnyException();
    }
}
