package io.patchbay.radius.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.radius.dictionary.AttributeDefinition.Flag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dictionaries that the hub is delivered with. */
class OurDictionaryTest {
    private static final Dictionary OURS = DictionaryParser.load(Path.of("dictionaries/dictionary"));

    @Test
    void nothingIsDefinedTwice() {
        assertThat(OURS.redefinitions()).isEmpty();
    }

    /** The attributes that the reference names: 0 is the standard space, ranges are inclusive. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0     | 1-9 11 12 18 22 24-33 40-53 55-69 79-83 85-91 95-101 123 126-132 144 168-172 241-246",
                "311   | 1 2 7 8 11 12 16 17 25-29",
                "3561  | 1 2 129-142 144 254",
                "14988 | 1-3 8 14 15 17-19 22-27 30",
                "9     | 1 2 37 38 55 56 61 62 250-252",
                "4874  | 1 2 10 11 26 47 48 55 65-69 106-108 129 151-157 159-161 174 177 184",
                "2011  | 2 3 5 6 31 82 88 94 95 138 144-149 158 182 191",
                "6527  | 11-13 18 28 31-33 99-101 105 106 126 131 160 164 181 194-199",
                "2352  | 1 2 4 10 11 36 52-54 87-89 96 97 145 156 157 190 196 207 212 220-225",
                "3902  | 1 2 82-84 89 91 94 202 203",
                "14122 | 7 8",
            })
    void everyAttributeOfTheReferenceHasAName(int vendor, String numbers) {
        for (String range : numbers.split(" ")) {
            String[] ends = range.split("-");
            IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .filter(number -> vendor != 0 || number != 54) // 54 is not assigned
                    .forEach(number -> assertThat(vendor == 0 ? OURS.byNumber(number) : OURS.byNumber(vendor, number))
                            .as("vendor %d attribute %d", vendor, number)
                            .isNotNull());
        }
    }

    @Test
    void theExtendedAttributesOfTheReferenceHaveNames() {
        assertThat(List.of(
                        List.of(241, 5),
                        List.of(241, 6),
                        List.of(241, 7),
                        List.of(241, 9),
                        List.of(241, 10),
                        List.of(241, 11),
                        List.of(245, 3),
                        List.of(245, 4),
                        List.of(246, 26)))
                .allMatch(oid -> OURS.byOid(oid) != null);
    }

    @Test
    void theValuesThatRepliesUseHaveNames() {
        assertThat(number("Tunnel-Type", "VLAN")).isEqualTo(13);
        assertThat(number("Tunnel-Medium-Type", "IEEE-802")).isEqualTo(6);
        assertThat(number("Error-Cause", "Multiple-Session-Selection-Unsupported"))
                .isEqualTo(508);
        assertThat(number("NAS-Port-Type", "PPPoEoQinQ")).isEqualTo(34);
        assertThat(number("Acct-Terminate-Cause", "Port-Disabled")).isEqualTo(22);
    }

    /**
     * Same name, same place, same type, same flags as in FreeRADIUS. What differs on purpose: RFC 9445 spreads long
     * options over attributes, and we mask more attributes than FreeRADIUS does.
     */
    @Test
    void whatFreeRadiusNamesTooIsTheSameThere() {
        FreeRadiusTree.require();
        Dictionary theirs = DictionaryParser.load(FreeRadiusTree.ROOT);
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (AttributeDefinition our : OURS.attributes()) {
            AttributeDefinition their = theirs.byName(our.name());
            if (their == null) {
                continue;
            }
            compared++;
            if (!describe(our).equals(describe(their))) {
                differences.add(our.name() + ": ours " + describe(our) + ", theirs " + describe(their));
            }
            ValueNames names = OURS.values(our);
            for (String name : names.all()) {
                if (!names.number(name).equals(theirs.values(their).number(name))) {
                    differences.add(our.name() + " " + name + ": ours " + names.number(name) + ", theirs "
                            + theirs.values(their).number(name));
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(400);
    }

    private static String describe(AttributeDefinition attribute) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        flags.addAll(attribute.flags());
        flags.remove(Flag.SECRET);
        return attribute.oidText() + " " + attribute.type().word() + " " + attribute.fixedLength() + " "
                + attribute.encryption() + " " + flags;
    }

    private static long number(String attribute, String name) {
        return OURS.values(OURS.byName(attribute)).number(name).orElseThrow();
    }
}
