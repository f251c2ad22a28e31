package io.patchbay.reply;

import io.patchbay.radius.dictionary.AttributeDefinition;
import io.patchbay.radius.dictionary.AttributeEncoder;
import io.patchbay.radius.dictionary.AttributeFrame;
import io.patchbay.radius.dictionary.DataType;
import io.patchbay.radius.dictionary.Dictionary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns one line of a profile into writers, or says in a sentence why it cannot. */
final class EntryCompiler {
    private static final Pattern NAME = Pattern.compile("([^:]+)(?::(\\d{1,3}))?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    /** Where a placeholder may have a value. */
    private static final Map<Placeholder.Source, Set<String>> SECTIONS = Map.of(
            Placeholder.Source.BINDING, new TreeSet<>(List.of("grant", "quarantine", "change")),
            Placeholder.Source.DENIAL, new TreeSet<>(List.of("quarantine", "reject")),
            Placeholder.Source.SESSION, new TreeSet<>(List.of("change", "session")),
            Placeholder.Source.GIVEN, Set.of("change"));

    private final Dictionary dictionary;
    private final AttributeEncoder encoder;
    private final InterimIntervals intervals;
    private boolean namesGiven;

    /** The attribute's name is at fault, not its value. */
    static final class AttributeException extends IllegalArgumentException {
        private AttributeException(String sentence) {
            super(sentence);
        }
    }

    EntryCompiler(Dictionary dictionary, InterimIntervals intervals) {
        this.intervals = intervals;
        this.dictionary = dictionary;
        this.encoder = new AttributeEncoder(dictionary);
    }

    /** @throws IllegalArgumentException with a sentence that names the mend */
    ReplyEntry compile(String section, String name, String text, String when, String unless) {
        Matcher parts = NAME.matcher(name);
        AttributeDefinition attribute = parts.matches() ? dictionary.byName(parts.group(1)) : null;
        if (attribute == null) {
            throw new AttributeException("no dictionary defines the attribute '" + name
                    + "'; correct the name, or add it to a file in dictionaries/vendor");
        }
        AttributeFrame frame;
        try {
            frame = AttributeFrame.of(attribute, parts.group(2) == null ? null : Integer.valueOf(parts.group(2)));
        } catch (IllegalArgumentException cause) {
            throw new AttributeException(cause.getMessage());
        }
        String condition = when != null ? when : unless;
        Placeholder conditional = condition == null ? null : placeholder(section, condition);
        Template template = template(section, attribute, text);
        return new ReplyEntry(
                frame,
                attribute.oid().getFirst(),
                conditional == null ? null : fact(conditional),
                when != null,
                template.many,
                template.parts.toArray(ValuePart[]::new));
    }

    private record Template(Fact.Prefixes many, List<ValuePart> parts) {}

    private Template template(String section, AttributeDefinition attribute, String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        if (!matcher.find()) {
            checkBraces(text);
            return new Template(null, List.of(ValueParts.literal(encoder.encode(attribute, text))));
        }
        boolean isText = attribute.type() == DataType.STRING || attribute.type() == DataType.OCTETS;
        List<ValuePart> parts = new ArrayList<>();
        Fact.Prefixes many = null;
        int end = 0;
        do {
            Placeholder placeholder = placeholder(section, matcher.group(1));
            Fact fact = fact(placeholder);
            if (fact instanceof Fact.Prefixes prefixes) {
                if (many != null) {
                    throw new IllegalArgumentException("a value may have one placeholder of many values only");
                }
                many = prefixes;
            }
            addText(parts, text.substring(end, matcher.start()));
            parts.add(isText ? ValueParts.text(fact) : whole(attribute, placeholder, matcher, text));
            end = matcher.end();
        } while (matcher.find());
        addText(parts, text.substring(end));
        return new Template(many, parts);
    }

    /** The interval is not the binding's alone. */
    private Fact fact(Placeholder placeholder) {
        return placeholder == Placeholder.INTERIM_INTERVAL ? intervals.fact() : placeholder.fact();
    }

    private static void addText(List<ValuePart> parts, String text) {
        checkBraces(text);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > ReplyFacts.MAXIMUM_VALUE_LENGTH) {
            throw new IllegalArgumentException("the text is longer than the 253 bytes of an attribute; shorten it");
        }
        if (bytes.length > 0) {
            parts.add(ValueParts.literal(bytes));
        }
    }

    private static void checkBraces(String text) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' has a brace without its partner; write a placeholder as {name}");
        }
    }

    /** A placeholder in an attribute that is no text is the whole value. */
    private ValuePart whole(AttributeDefinition attribute, Placeholder placeholder, Matcher matcher, String text) {
        boolean alone = matcher.start() == 0 && matcher.end() == text.length();
        ValuePart part = alone ? ValueParts.value(fact(placeholder), attribute) : null;
        if (part == null) {
            throw new IllegalArgumentException("'" + text + "' does not fit " + attribute.name() + ", which is of type "
                    + attribute.type().word()
                    + (alone ? "; use another placeholder" : "; use one placeholder and nothing around it"));
        }
        return part;
    }

    /** Whether an entry so far names what the session was given. */
    boolean namesGiven() {
        return namesGiven;
    }

    private Placeholder placeholder(String section, String word) {
        Placeholder placeholder = Placeholder.of(word);
        if (placeholder == null) {
            throw new IllegalArgumentException("'" + word + "' is no placeholder; use one of " + Placeholder.all());
        }
        Set<String> sections = SECTIONS.get(placeholder.source());
        if (!sections.contains(section)) {
            throw new IllegalArgumentException("{" + word + "} never has a value in the section " + section
                    + "; use it in " + String.join(" or ", sections));
        }
        namesGiven |= placeholder.source() == Placeholder.Source.GIVEN;
        return placeholder;
    }
}
