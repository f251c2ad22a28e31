package io.patchbay.line;

/**
 * An OLT, DSLAM or switch: the scope of its lines' identifiers.
 *
 * @param name as the node calls itself (TR-101 Access-Node-Identifier) or as the operator calls it
 * @param nasClientId the NAS behind which the node sits; 0 when any NAS may speak of its lines
 * @param template name of the circuit-id template in config/line-templates.yaml that gives its canonical keys
 */
public record AccessNode(long id, String name, long nasClientId, String template) {}
