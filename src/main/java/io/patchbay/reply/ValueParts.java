package io.patchbay.reply;

import io.patchbay.radius.dictionary.AddressText;
import io.patchbay.radius.dictionary.AttributeDefinition;
import io.patchbay.radius.dictionary.AttributeEncoder;
import io.patchbay.radius.dictionary.DataType;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** The writers from which an attribute's value is put together: each knows the fact and the form in which it is sent. */
final class ValueParts {
    private ValueParts() {}

    static ValuePart literal(byte[] bytes) {
        return (facts, index, target, offset) -> {
            System.arraycopy(bytes, 0, target, offset, bytes.length);
            return offset + bytes.length;
        };
    }

    /** The fact as text, for an attribute of type string or octets. */
    static ValuePart text(Fact fact) {
        return switch (fact) {
            case Fact.Number number ->
                (facts, index, target, offset) -> {
                    long value = number.of().applyAsLong(facts);
                    return value < 0 ? ValuePart.ABSENT : AddressText.writeNumber(target, offset, value);
                };
            case Fact.Text text ->
                (facts, index, target, offset) -> {
                    String value = text.of().apply(facts);
                    return value == null ? ValuePart.ABSENT : characters(value, target, offset);
                };
            case Fact.Address address ->
                (facts, index, target, offset) -> {
                    IpPrefix value = address.of().apply(facts);
                    return value == null ? ValuePart.ABSENT : AddressText.writeAddress(target, offset, value);
                };
            case Fact.Prefix prefix ->
                (facts, index, target, offset) -> {
                    IpPrefix value = prefix.of().apply(facts);
                    return value == null ? ValuePart.ABSENT : AddressText.writePrefix(target, offset, value);
                };
            case Fact.Prefixes prefixes ->
                (facts, index, target, offset) -> AddressText.writePrefix(
                        target, offset, prefixes.of().apply(facts).get(index));
            case Fact.Bytes bytes ->
                (facts, index, target, offset) -> {
                    Octets value = bytes.of().apply(facts);
                    if (value == null) {
                        return ValuePart.ABSENT;
                    }
                    value.copyTo(target, offset);
                    return offset + value.length();
                };
            case Fact.ClassValue value ->
                (facts, index, target, offset) -> facts.binding() == null
                        ? ValuePart.ABSENT
                        : ServiceClass.write(target, offset, facts.binding(), facts.reason() != null);
        };
    }

    /** The fact as the whole value of an attribute that is no text; null when it does not fit. */
    static ValuePart value(Fact fact, AttributeDefinition attribute) {
        DataType type = attribute.type();
        return switch (fact) {
            case Fact.Number number -> type.integerBytes() == 0 ? null : integer(number, attribute);
            case Fact.Address address -> {
                DataType plain = address.v6() ? DataType.IPV6ADDR : DataType.IPADDR;
                boolean fits = type == plain || type == DataType.COMBO_IP;
                yield fits ? address(address.of()) : type == prefixType(address.v6()) ? prefix(address.of()) : null;
            }
            case Fact.Prefix prefix -> type == prefixType(prefix.v6()) ? prefix(prefix.of()) : null;
            case Fact.Prefixes prefixes -> {
                Function<ReplyFacts, List<IpPrefix>> of = prefixes.of();
                ValuePart part = (facts, index, target, offset) -> AttributeEncoder.writePrefix(
                        target, offset, of.apply(facts).get(index));
                yield type == prefixType(prefixes.v6()) ? part : null;
            }
            case Fact.Text text -> null;
            case Fact.Bytes bytes -> null;
            case Fact.ClassValue value -> null;
        };
    }

    /** A number that is too large for the attribute (a rate above 4.29 Gbit/s) is sent as the largest that fits. */
    private static ValuePart integer(Fact.Number number, AttributeDefinition attribute) {
        int bytes = attribute.type().integerBytes();
        int bits = attribute.tagged() && bytes == 4
                ? 24
                : attribute.type() == DataType.SIGNED ? 31 : Math.min(63, 8 * bytes);
        long largest = (1L << bits) - 1;
        return (facts, index, target, offset) -> {
            long value = number.of().applyAsLong(facts);
            return value < 0
                    ? ValuePart.ABSENT
                    : AttributeEncoder.writeNumber(target, offset, Math.min(value, largest), bytes);
        };
    }

    private static ValuePart address(Function<ReplyFacts, IpPrefix> of) {
        return (facts, index, target, offset) -> {
            IpPrefix value = of.apply(facts);
            if (value == null) {
                return ValuePart.ABSENT;
            }
            int end = value.v6() ? AttributeEncoder.writeNumber(target, offset, value.high(), 8) : offset;
            return AttributeEncoder.writeNumber(target, end, value.low(), value.v6() ? 8 : 4);
        };
    }

    private static ValuePart prefix(Function<ReplyFacts, IpPrefix> of) {
        return (facts, index, target, offset) -> {
            IpPrefix value = of.apply(facts);
            return value == null ? ValuePart.ABSENT : AttributeEncoder.writePrefix(target, offset, value);
        };
    }

    private static DataType prefixType(boolean v6) {
        return v6 ? DataType.IPV6PREFIX : DataType.IPV4PREFIX;
    }

    /** UTF-8, cut where the buffer ends: the frame refuses what is longer than an attribute. */
    private static int characters(String text, byte[] target, int offset) {
        int length = text.length();
        int end = offset;
        for (int i = 0; i < length && end < target.length; i++) {
            char character = text.charAt(i);
            if (character >= 0x80) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                int fits = Math.min(bytes.length, target.length - offset);
                System.arraycopy(bytes, 0, target, offset, fits);
                return offset + fits;
            }
            target[end++] = (byte) character;
        }
        return end;
    }
}
