package io.patchbay.reply;

import io.patchbay.radius.dictionary.Dictionary;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads one profile: the sections {@code grant}, {@code quarantine} and {@code reject}, and if it has them {@code change}
 * (what a CoA-Request sends) and {@code session} (how it and a Disconnect-Request name the session); in each, attribute names (a
 * {@code :tag} may follow) with a text, a list of texts, or {@code {value: ..., when: ...}}.
 */
final class ProfileReader {
    private static final List<String> REQUIRED = List.of("grant", "quarantine", "reject");
    private static final List<String> SECTIONS = List.of("grant", "quarantine", "reject", "change", "session");

    private final Path file;
    private final EntryCompiler compiler;

    ProfileReader(Path file, Dictionary dictionary, InterimIntervals intervals) {
        this.file = file;
        this.compiler = new EntryCompiler(dictionary, intervals);
    }

    ReplyProfile read(String vendor) {
        Map<String, ReplyEntry[]> sections = new TreeMap<>();
        for (NodeTuple tuple :
                mapping(document(), "the sections grant, quarantine and reject").getValue()) {
            String name = scalar(tuple.getKeyNode());
            if (!SECTIONS.contains(name)) {
                throw wrong(tuple.getKeyNode(), "'" + name + "' is no section; use one of " + SECTIONS);
            }
            if (sections.put(name, section(name, tuple.getValueNode())) != null) {
                throw wrong(tuple.getKeyNode(), "there are two sections '" + name + "'; make them one");
            }
        }
        for (String name : REQUIRED) {
            if (!sections.containsKey(name)) {
                throw new ReplyProfileException(
                        file + ":1: the section '" + name + "' is missing; add it, with {} when it sends no attribute");
            }
        }
        ReplyEntry[] session = sections.get("session");
        return new ReplyProfile(
                vendor,
                sections.get("grant"),
                sections.get("quarantine"),
                sections.get("reject"),
                sections.get("change"),
                session == null ? usualSession() : session,
                compiler.namesGiven());
    }

    /** RFC 5176 section 3: what most NASes find a session by. */
    private ReplyEntry[] usualSession() {
        return Stream.of(
                        usual("Acct-Session-Id", "{session_id}"),
                        usual("User-Name", "{session_user_name}"),
                        usual("NAS-Identifier", "{session_nas_identifier}"),
                        usual("NAS-IP-Address", "{session_nas_ipv4}"),
                        usual("NAS-IPv6-Address", "{session_nas_ipv6}"),
                        usual("Framed-IP-Address", "{session_ipv4_address}"))
                .toArray(ReplyEntry[]::new);
    }

    private ReplyEntry usual(String attribute, String value) {
        try {
            return compiler.compile("session", attribute, value, null, null);
        } catch (EntryCompiler.AttributeException cause) {
            throw new ReplyProfileException(
                    file + ":1: " + cause.getMessage() + ", or give the profile a section 'session' without it");
        }
    }

    private Node document() {
        try {
            Node node = new Yaml(new LoaderOptions()).compose(new StringReader(Files.readString(file)));
            if (node == null) {
                throw new ReplyProfileException(file + ":1: the profile is empty; add its sections " + REQUIRED);
            }
            return node;
        } catch (MarkedYAMLException notYaml) {
            // An open quote is noticed at the end of the file: where it began is what the reader needs.
            Mark begin = notYaml.getContextMark();
            throw new ReplyProfileException(
                    file + ":" + line(notYaml.getProblemMark()) + ": this is no YAML (" + notYaml.getProblem()
                            + (begin == null ? "" : ", in what began in line " + line(begin))
                            + "); mind the indentation, and put a text with braces or a colon in quotes",
                    notYaml);
        } catch (IOException cause) {
            throw new ReplyProfileException("the reply profile " + file + " cannot be read: make it readable", cause);
        }
    }

    private ReplyEntry[] section(String section, Node node) {
        List<ReplyEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (NodeTuple tuple : mapping(node, "attributes with their values").getValue()) {
            String name = scalar(tuple.getKeyNode());
            if (!names.add(name)) {
                throw wrong(tuple.getKeyNode(), name + " is given twice; make its values a list");
            }
            Node value = tuple.getValueNode();
            List<Node> values = value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
            for (Node one : values) {
                entries.add(entry(section, tuple.getKeyNode(), name, one));
            }
        }
        return entries.toArray(ReplyEntry[]::new);
    }

    private ReplyEntry entry(String section, Node key, String name, Node node) {
        String value = null;
        String when = null;
        String unless = null;
        Node at = node;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                switch (scalar(tuple.getKeyNode())) {
                    case "value" -> {
                        at = tuple.getValueNode();
                        value = scalar(at);
                    }
                    case "when" -> when = scalar(tuple.getValueNode());
                    case "unless" -> unless = scalar(tuple.getValueNode());
                    default ->
                        throw wrong(
                                tuple.getKeyNode(),
                                "a value has the fields value, when and unless; if the braces are meant to be a"
                                        + " placeholder, put the value in quotes");
                }
            }
            if (value == null || (when != null && unless != null)) {
                throw wrong(node, "an entry needs a value, and at most one of when and unless");
            }
        } else {
            value = scalar(node);
        }
        try {
            return compiler.compile(section, name, value, when, unless);
        } catch (EntryCompiler.AttributeException cause) {
            throw wrong(key, cause.getMessage());
        } catch (IllegalArgumentException cause) {
            throw wrong(at, cause.getMessage());
        }
    }

    private MappingNode mapping(Node node, String expected) {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw wrong(node, "here belong " + expected + ", each as 'name: value'");
    }

    private String scalar(Node node) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
            return scalar.getValue();
        }
        throw wrong(node, "here belongs one text; put it in quotes when it begins with a brace");
    }

    private ReplyProfileException wrong(Node node, String sentence) {
        return new ReplyProfileException(file + ":" + line(node.getStartMark()) + ": " + sentence);
    }

    private static int line(Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }
}
