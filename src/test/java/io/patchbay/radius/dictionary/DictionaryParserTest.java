package io.patchbay.radius.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionaryParserTest {
    @TempDir
    Path folder;

    @Test
    void aValueMayPrecedeItsAttributeAndReach32Bits() throws IOException {
        Dictionary dictionary = parse("""
                VALUE Colour Red 4294967295   # the largest
                VALUE Colour Blue 0x10
                ATTRIBUTE Colour 200 uint32
                """);
        ValueNames colours = dictionary.values(dictionary.byName("colour"));
        assertThat(colours.number("RED")).hasValue(4294967295L);
        assertThat(colours.name(16)).isEqualTo("Blue");
        assertThat(colours.all()).containsExactly("Blue", "Red");
    }

    @Test
    void theLaterDefinitionStandsAndIsTold() throws IOException {
        Dictionary dictionary = parse("ATTRIBUTE A 1 string\nATTRIBUTE A 2 String\nATTRIBUTE B 2 integer\n");
        assertThat(dictionary.byName("A").oid()).containsExactly(2);
        assertThat(dictionary.byNumber(2).name()).isEqualTo("B");
        assertThat(dictionary.redefinitions()).hasSize(2).allMatch(text -> text.contains("dictionary:"));
    }

    @Test
    void flagsAreJoinedByCommas() throws IOException {
        AttributeDefinition attribute =
                parse("ATTRIBUTE A 69 string has_tag,encrypt=2 # both").byName("A");
        assertThat(attribute.tagged()).isTrue();
        assertThat(attribute.encryption()).isEqualTo(2);
        assertThat(attribute.secret()).isTrue();
    }

    @Test
    void tlvsNestByBlockAndByDots() throws IOException {
        Dictionary dictionary = parse("""
                VENDOR V 99 format=2,1
                BEGIN-VENDOR V
                ATTRIBUTE Outer 0x1234 tlv
                BEGIN-TLV Outer
                ATTRIBUTE Inner 1 tlv
                END-TLV Outer
                ATTRIBUTE Innermost 4660.1.7 byte
                END-VENDOR V
                """);
        assertThat(dictionary.byName("Innermost").oidText()).isEqualTo("26.99.4660.1.7");
    }

    @Test
    void aVendorMayLiveInAnExtendedAttribute() throws IOException {
        Dictionary dictionary = parse("""
                VENDOR V 99
                ATTRIBUTE Extended 241 extended
                ATTRIBUTE Extended-Vendor 241.26 evs
                BEGIN-VENDOR V parent=Extended-Vendor
                ATTRIBUTE A 3 string
                END-VENDOR V
                """);
        assertThat(dictionary.byName("A").oid()).containsExactly(241, 26, 99, 3);
    }

    @Test
    void includedFilesAreReadOnceFromBesideTheirIncluder() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/one"), "ATTRIBUTE A 1 string\n$INCLUDE two\n");
        Files.writeString(folder.resolve("sub/two"), "ATTRIBUTE B 2 string\n");
        Dictionary dictionary = parse("$INCLUDE sub/one\n$INCLUDE sub/two\n$INCLUDE- absent\n");
        assertThat(dictionary.counts()).isEqualTo(new Dictionary.Counts(3, 4, 0, 2, 0));
    }

    @Test
    void aFolderWithoutAMainFileIsReadInTheOrderOfItsNames() throws IOException {
        Files.writeString(folder.resolve("1"), "ATTRIBUTE A 1 string\n");
        Files.writeString(folder.resolve("2"), "ATTRIBUTE B 1 string\n");
        assertThat(DictionaryParser.load(folder).byNumber(1).name()).isEqualTo("B");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ATRIBUTE A 1 string                    | 1 | 'ATRIBUTE' begins no line",
                "ATTRIBUTE A 1                          | 1 | takes a name, a number and a type",
                "ATTRIBUTE A 1 strng                    | 1 | 'strng' is no data type",
                "ATTRIBUTE A 1 string[4]                | 1 | 'string[4]' is no data type",
                "ATTRIBUTE A x string                   | 1 | 'x' is no number",
                "ATTRIBUTE A 70000 string               | 1 | from 0 to 65535",
                "ATTRIBUTE A 1 string has_tags          | 1 | 'has_tags' is no flag",
                "ATTRIBUTE A 1.2 string                 | 1 | nothing that holds other attributes is defined as 1;",
                "ATTRIBUTE T 1 tlv; ATTRIBUTE A 1.256 byte | 2 | from 0 to 255",
                "VENDOR V                               | 1 | VENDOR takes a name, a number",
                "VENDOR V 16777216                      | 1 | from 0 to 16777215",
                "VENDOR V 9 format=3,1                  | 1 | 'format=3,1' is no vendor format",
                "VENDOR V 9 format=2,2,c                | 1 | is no vendor format",
                "BEGIN-VENDOR V                         | 1 | no VENDOR line names 'V'",
                "VENDOR V 9; BEGIN-VENDOR V             | 2 | still open at the end",
                "VENDOR V 9; BEGIN-VENDOR V; BEGIN-VENDOR V | 3 | add its END-VENDOR before this line",
                "VENDOR V 9; BEGIN-VENDOR V parent=X    | 2 | names no attribute of type evs",
                "VENDOR V 9; BEGIN-VENDOR V; END-VENDOR W | 3 | END-VENDOR closes V",
                "END-VENDOR V                           | 1 | no BEGIN-VENDOR is open",
                "VENDOR V 9; BEGIN-VENDOR V; ATTRIBUTE A 256 byte | 3 | from 0 to 255",
                "BEGIN-TLV T                            | 1 | BEGIN-TLV takes the name",
                "ATTRIBUTE T 1 tlv; BEGIN-TLV T         | 2 | BEGIN-TLV T is still open",
                "END-TLV T                              | 1 | no BEGIN-TLV is open",
                "VALUE A B                              | 1 | VALUE takes an attribute, a name and a number",
                "VALUE A B 1                            | 1 | which no ATTRIBUTE line defines",
                "ATTRIBUTE A 1 string; VALUE A B 1      | 2 | integer attributes only",
                "ATTRIBUTE A 1 byte; VALUE A B 256      | 2 | has 1 bytes",
                "$INCLUDE                               | 1 | takes one file name",
                "$INCLUDE nowhere                       | 1 | does not exist",
                "$INCLUDE dictionary                    | 1 | includes this one",
            })
    void anErrorNamesFileLineAndMend(String lines, int line, String sentence) {
        assertThatThrownBy(() -> parse(String.join("\n", lines.split("; "))))
                .isInstanceOf(DictionaryException.class)
                .hasMessageContaining(folder.resolve("dictionary") + ":" + line + ": ")
                .hasMessageContaining(sentence);
    }

    @Test
    void aMissingRootIsNamed() {
        assertThatThrownBy(() -> DictionaryParser.load(folder.resolve("absent")))
                .isInstanceOf(DictionaryException.class)
                .hasMessageContaining("absent cannot be read");
    }

    private Dictionary parse(String text) throws IOException {
        Path file = folder.resolve("dictionary");
        Files.writeString(file, text);
        return DictionaryParser.load(file);
    }
}
