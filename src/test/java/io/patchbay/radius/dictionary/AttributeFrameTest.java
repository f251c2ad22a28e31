package io.patchbay.radius.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.PacketTooLongException;
import io.patchbay.radius.SharedSecret;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeFrameTest {
    private static final String DICTIONARY = """
            ATTRIBUTE Plain 11 string
            ATTRIBUTE Tagged-Integer 64 integer has_tag
            ATTRIBUTE Tagged-Text 81 string has_tag
            ATTRIBUTE Hidden 69 string has_tag,encrypt=2
            ATTRIBUTE Password 2 string encrypt=1
            ATTRIBUTE Internal 1047 string
            ATTRIBUTE Extended 241 extended
            ATTRIBUTE Extended-Text 241.8 string
            ATTRIBUTE Extended-Tlv 241.5 tlv
            ATTRIBUTE Extended-Inner 241.5.1 integer
            ATTRIBUTE Long-Extended 245 long-extended
            ATTRIBUTE Long-Text 245.3 string
            ATTRIBUTE Long-Vendors 245.26 evs
            VENDOR Usual 9
            BEGIN-VENDOR Usual
            ATTRIBUTE Usual-Text 1 string
            ATTRIBUTE Usual-Hidden 16 octets encrypt=2
            END-VENDOR Usual
            VENDOR Wide 8164 format=2,2
            BEGIN-VENDOR Wide
            ATTRIBUTE Wide-Text 258 string
            END-VENDOR Wide
            VENDOR Bare 429 format=4,0
            BEGIN-VENDOR Bare
            ATTRIBUTE Bare-Text 0x9874 string
            END-VENDOR Bare
            VENDOR Flagged 24757 format=1,1,c
            BEGIN-VENDOR Flagged
            ATTRIBUTE Flagged-Tlv 1 tlv
            ATTRIBUTE Flagged-Inner 1.2 byte
            END-VENDOR Flagged
            BEGIN-VENDOR Usual parent=Long-Vendors
            ATTRIBUTE Far-Text 7 string
            END-VENDOR Usual
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "Plain,            ,  ab, 0b046162",
        "Tagged-Integer,   ,  13, 40060000000d",
        "Tagged-Integer,   2, 13, 40060200000d",
        "Tagged-Text,      ,  12, 51043132",
        "Tagged-Text,      0, 12, 5105003132",
        "Tagged-Text,      1, 12, 5105013132",
        "Extended-Text,    ,  ab, f105086162",
        "Extended-Inner,   ,  7,  f10905010600000007",
        "Long-Text,        ,  ab, f50603006162",
        "Usual-Text,       ,  ab, 1a0a0000000901046162",
        "Wide-Text,        ,  ab, 1a0c00001fe4010200066162",
        "Bare-Text,        ,  ab, 1a0c000001ad000098746162",
        "Flagged-Inner,    ,  5,  1a0c000060b5010600020305",
        "Far-Text,         ,  ab, f50b1a0000000009076162",
    })
    void theWirePutsThisAroundAValue(String name, Integer tag, String text, String hex) throws IOException {
        Dictionary dictionary = dictionary();
        AttributeDefinition attribute = dictionary.byName(name);
        byte[] value = new AttributeEncoder(dictionary).encode(attribute, text);
        assertThat(written(AttributeFrame.of(attribute, tag), value)).isEqualTo(hex);
    }

    @Test
    void textThatCouldBeReadAsATagGetsTheTagZero() throws IOException {
        AttributeFrame frame = AttributeFrame.of(dictionary().byName("Tagged-Text"), null);
        assertThat(written(frame, new byte[] {0x1f, 'a'})).isEqualTo("5105001f61");
    }

    @Test
    void anEncryptedValueIsReadBackWithTheSecret() throws Exception {
        AttributeFrame frame = AttributeFrame.of(dictionary().byName("Hidden"), 3);
        byte[] packet = HexFormat.of().parseHex(written(frame, "a password of 20 by.".getBytes()));
        assertThat(packet).hasSize(2 + 1 + 2 + 32).startsWith(69, packet.length, 3);
        assertThat(packet[3]).isNegative();
        assertThat(decrypted(Arrays.copyOfRange(packet, 3, packet.length))).isEqualTo("a password of 20 by.");
    }

    @Test
    void anEncryptedVendorValueStandsInItsVendorHeader() throws Exception {
        AttributeFrame frame = AttributeFrame.of(dictionary().byName("Usual-Hidden"), null);
        byte[] packet = HexFormat.of().parseHex(written(frame, "key".getBytes()));
        assertThat(packet).hasSize(2 + 4 + 2 + 2 + 16).startsWith(26, 26, 0, 0, 0, 9, 16, 20);
        assertThat(decrypted(Arrays.copyOfRange(packet, 8, packet.length))).isEqualTo("key");
    }

    @ParameterizedTest
    @CsvSource({
        "Password, ,  belongs in requests",
        "Internal, ,  never sent",
        "Extended-Tlv, , only holds other attributes",
        "Plain,    1, drop the ':1' behind its name",
        "Tagged-Text, 32, outside 0..31",
    })
    void whatCannotBeSentIsToldInASentence(String name, Integer tag, String sentence) throws IOException {
        AttributeDefinition attribute = dictionary().byName(name);
        assertThatThrownBy(() -> AttributeFrame.of(attribute, tag))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource({"Plain, 254", "Usual-Text, 248", "Hidden, 240"})
    void aValueThatIsTooLongIsRefused(String name, int length) throws IOException {
        AttributeFrame frame = AttributeFrame.of(dictionary().byName(name), null);
        assertThatThrownBy(() -> written(frame, new byte[length])).isInstanceOf(PacketTooLongException.class);
    }

    private Dictionary dictionary() throws IOException {
        Path file = folder.resolve("dictionary");
        Files.writeString(file, DICTIONARY);
        return DictionaryParser.load(file);
    }

    private static String written(AttributeFrame frame, byte[] value) {
        byte[] packet = new byte[AttributeWriter.MAXIMUM_PACKET_LENGTH];
        AttributeWriter out = new AttributeWriter(packet, 20, new SharedSecret(Octets.ofText("secret")), new byte[16]);
        byte[] buffer = new byte[value.length + AttributeFrame.MAXIMUM_OVERHEAD];
        System.arraycopy(value, 0, buffer, frame.valueOffset(), value.length);
        frame.write(out, buffer, value.length);
        return HexFormat.of().formatHex(packet, 20, out.end());
    }

    /** RFC 2868 section 3.5 backwards, with the request authenticator of {@link #written}. */
    private static String decrypted(byte[] salted) throws java.security.NoSuchAlgorithmException {
        var md5 = java.security.MessageDigest.getInstance("MD5");
        byte[] plain = new byte[salted.length - 2];
        for (int block = 2; block < salted.length; block += 16) {
            md5.update("secret".getBytes());
            if (block == 2) {
                md5.update(new byte[16]);
                md5.update(salted, 0, 2);
            } else {
                md5.update(salted, block - 16, 16);
            }
            byte[] mask = md5.digest();
            for (int i = 0; i < 16; i++) {
                plain[block - 2 + i] = (byte) (salted[block + i] ^ mask[i]);
            }
        }
        return new String(plain, 1, plain[0]);
    }
}
