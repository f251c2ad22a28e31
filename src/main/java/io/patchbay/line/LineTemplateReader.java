package io.patchbay.line;

import io.patchbay.line.LineTemplates.PortTemplate;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a line-template file; whatever is wrong in it is told with its line. */
final class LineTemplateReader {
    private final String source;

    LineTemplateReader(String source) {
        this.source = source;
    }

    LineTemplates read(String yaml) {
        Map<String, List<LinePattern>> circuitIds = new LinkedHashMap<>();
        Map<String, PortTemplate> ports = new LinkedHashMap<>();
        Node root = compose(yaml);
        entries(root).forEach((section, value) -> {
            switch (section.getValue()) {
                case "circuit-id" ->
                    entries(value)
                            .forEach((name, patterns) ->
                                    circuitIds.put(name.getValue(), compile(patterns, LinePattern::compile)));
                case "port" -> entries(value).forEach((name, template) -> ports.put(name.getValue(), port(template)));
                default -> throw at(section, "'" + section.getValue() + "' is unknown here; use circuit-id or port");
            }
        });
        return new LineTemplates(circuitIds, ports);
    }

    private PortTemplate port(Node template) {
        List<LinePattern> nasPortId = new ArrayList<>();
        List<LinePattern> circuitId = new ArrayList<>();
        List<NasPortLayout> nasPort = new ArrayList<>();
        entries(template).forEach((where, patterns) -> {
            switch (where.getValue()) {
                case "nas-port-id" -> nasPortId.addAll(compile(patterns, LineTemplateReader::vlanPattern));
                case "circuit-id" -> circuitId.addAll(compile(patterns, LineTemplateReader::vlanPattern));
                case "nas-port" -> nasPort.addAll(compile(patterns, NasPortLayout::compile));
                default ->
                    throw at(
                            where,
                            "'" + where.getValue() + "' is unknown here; use nas-port-id, circuit-id or nas-port");
            }
        });
        return new PortTemplate(List.copyOf(nasPortId), List.copyOf(circuitId), List.copyOf(nasPort));
    }

    private static LinePattern vlanPattern(String text) {
        LinePattern pattern = LinePattern.compile(text);
        if (!pattern.namesVlan()) {
            throw new IllegalArgumentException("'" + text + "' reads no VLAN; it needs an {s_vlan}");
        }
        return pattern;
    }

    private <T> List<T> compile(Node patterns, Function<String, T> compiler) {
        if (!(patterns instanceof SequenceNode sequence)) {
            throw at(patterns, "a list of patterns belongs here, each after a dash");
        }
        List<T> compiled = new ArrayList<>();
        for (Node pattern : sequence.getValue()) {
            if (!(pattern instanceof ScalarNode scalar)) {
                throw at(pattern, "a pattern must be text; put it in double quotes");
            }
            try {
                compiled.add(compiler.apply(scalar.getValue()));
            } catch (IllegalArgumentException noPattern) {
                throw at(pattern, noPattern.getMessage());
            }
        }
        return List.copyOf(compiled);
    }

    private Map<ScalarNode, Node> entries(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw at(node, "names with a colon belong here");
        }
        Map<ScalarNode, Node> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw at(tuple.getKeyNode(), "a name must be plain text");
            }
            Integer before = lines.put(key.getValue(), line(key.getStartMark()));
            if (before != null) {
                throw at(key, "'" + key.getValue() + "' is there already, in line " + before);
            }
            entries.put(key, tuple.getValueNode());
        }
        return entries;
    }

    private Node compose(String yaml) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (root == null) {
                throw new LineTemplateException(
                        source + ":1: the file is empty; it must hold circuit-id and port templates");
            }
            return root;
        } catch (MarkedYAMLException broken) {
            throw new LineTemplateException(source + ":" + line(broken.getProblemMark()) + ": " + broken.getProblem());
        } catch (YAMLException broken) {
            throw new LineTemplateException(source + ":1: " + broken.getMessage());
        }
    }

    private LineTemplateException at(Node node, String sentence) {
        return new LineTemplateException(source + ":" + line(node.getStartMark()) + ": " + sentence);
    }

    private static int line(Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }
}
