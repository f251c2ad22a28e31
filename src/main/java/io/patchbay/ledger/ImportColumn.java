package io.patchbay.ledger;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of a subscriber import, in a header in any order; an empty field is an absent one. */
enum ImportColumn {
    USERNAME,
    /** Clear text, or a hash with its scheme: see {@link Credentials#parse}. */
    PASSWORD,
    /** Text, or bytes as {@code 0x} and hexadecimal digits; likewise remote_id and nas_port_id. */
    CIRCUIT_ID,
    REMOTE_ID,
    NAS_PORT_ID,
    MAC,
    /** Alone: a VLAN that many lines share. */
    S_VLAN,
    /** With s_vlan: the pair is this line's own. */
    C_VLAN,
    VLAN_DOMAIN,
    /** The scope of the line's identifiers; made when it is not known yet. */
    ACCESS_NODE,
    /** Name of the one NAS client behind which a new access node lies; without it any NAS may speak of its lines. */
    NAS,
    /** How a new access node writes its circuit-ids, from config/line-templates.yaml; without it tr-101. */
    TEMPLATE,
    ONU_SERIAL,
    UNI,
    CPE_ID,
    IPV4,
    /** A mask or its length. */
    IPV4_NETMASK,
    /** Prefixes with {@code ;} between them. */
    IPV4_ROUTES,
    IPV6_WAN_PREFIX,
    IPV6_WAN_ADDRESS,
    IPV6_DELEGATED_PREFIX,
    /** none, slaac, stateful, pd, dual_stack. */
    MODE,
    SESSION_TIMEOUT_S,
    PLAN,
    TENANT,
    KIND,
    STATE,
    /** 2026-12-31 (its first moment, UTC) or 2026-12-31T23:59:59Z. */
    EXPIRES_AT,
    OPTION82_POLICY,
    EXTERNAL_ID;

    private final String header = name().toLowerCase(Locale.ROOT);

    String header() {
        return header;
    }

    /**
     * Where each column stands in the file.
     *
     * @throws LedgerInvalid naming the column that is unknown or stands twice, and the known ones
     */
    static Map<ImportColumn, Integer> positions(List<String> headerFields) {
        Map<ImportColumn, Integer> positions = new EnumMap<>(ImportColumn.class);
        for (int position = 0; position < headerFields.size(); position++) {
            String name = headerFields.get(position).strip();
            ImportColumn column = Arrays.stream(values())
                    .filter(known -> known.header.equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new LedgerInvalid("The first line must be a header, and '" + name
                            + "' is no column. Known columns: "
                            + Arrays.stream(values()).map(ImportColumn::header).collect(Collectors.joining(", "))));
            if (positions.put(column, position) != null) {
                throw new LedgerInvalid("The column '" + name + "' stands twice in the header.");
            }
        }
        return positions;
    }
}
