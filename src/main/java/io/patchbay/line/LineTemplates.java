package io.patchbay.line;

import io.patchbay.wire.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How access equipment writes its lines and ports, as config/line-templates.yaml tells it. Immutable; nothing here waits,
 * and a lookup costs a few hundred nanoseconds at most.
 */
public final class LineTemplates {
    /** Where one NAS model's requests name VLANs; the lists are tried in this order, each from its first. */
    record PortTemplate(List<LinePattern> nasPortId, List<LinePattern> circuitId, List<NasPortLayout> nasPort) {}

    private final Map<String, List<LinePattern>> circuitIdTemplates;
    private final Map<String, PortTemplate> portTemplates;

    LineTemplates(Map<String, List<LinePattern>> circuitIdTemplates, Map<String, PortTemplate> portTemplates) {
        this.circuitIdTemplates = Map.copyOf(circuitIdTemplates);
        this.portTemplates = Map.copyOf(portTemplates);
    }

    /** @throws LineTemplateException naming file and line, when the file is missing or wrong */
    public static LineTemplates load(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new LineTemplateException(
                    file + ": cannot be read (" + unreadable + "); it must hold the line templates");
        }
    }

    /**
     * @param source what errors call the text
     * @throws LineTemplateException naming source and line, when the text is wrong
     */
    public static LineTemplates parse(String source, String yaml) {
        return new LineTemplateReader(source).read(yaml);
    }

    /** What {@link AccessNode#template} may be. */
    public Set<String> circuitIdTemplates() {
        return circuitIdTemplates.keySet();
    }

    /** What {@code NasClient.portTemplate} may be. */
    public Set<String> portTemplates() {
        return portTemplates.keySet();
    }

    /**
     * The key under which spellings of one circuit-id meet: numbers without leading zeros, all else as it is.
     *
     * @return null when {@code circuitId} is null or the template, or no template of this name, reads it
     */
    public String canonicalKey(String templateName, Octets circuitId) {
        if (circuitId == null) {
            return null;
        }
        for (LinePattern pattern : circuitIdTemplates.getOrDefault(templateName, List.of())) {
            String key = pattern.canonical(circuitId);
            if (key != null) {
                return key;
            }
        }
        return null;
    }

    /**
     * The VLAN tags that a request names.
     *
     * @param portTemplate null, or a name that no template has, reads nothing
     * @param nasPortId null when not reported; likewise {@code circuitId}, which must be null too when the NAS is not trusted
     *     for Option 82
     * @param nasPort NAS-Port as an unsigned 32-bit number, -1 when not reported
     * @return {@link VlanTags#NONE} when no pattern matches
     */
    public VlanTags vlans(String portTemplate, Octets nasPortId, long nasPort, Octets circuitId) {
        PortTemplate template = portTemplate == null ? null : portTemplates.get(portTemplate);
        if (template == null) {
            return VlanTags.NONE;
        }
        VlanTags tags = firstMatch(template.nasPortId(), nasPortId);
        if (tags == null) {
            tags = firstMatch(template.circuitId(), circuitId);
        }
        if (tags == null && nasPort >= 0) {
            for (NasPortLayout layout : template.nasPort()) {
                tags = layout.vlans(nasPort);
                if (tags != null) {
                    break;
                }
            }
        }
        return tags == null ? VlanTags.NONE : tags;
    }

    private static VlanTags firstMatch(List<LinePattern> patterns, Octets text) {
        if (text != null) {
            for (LinePattern pattern : patterns) {
                VlanTags tags = pattern.vlans(text);
                if (tags != null) {
                    return tags;
                }
            }
        }
        return null;
    }
}
