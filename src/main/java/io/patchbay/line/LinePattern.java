package io.patchbay.line;

import io.patchbay.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One pattern of a line template, compiled. It is matched left to right in one pass and never goes back: a text field ends
 * at the first place where the literal after it stands, so no input can make it slow.
 */
final class LinePattern {
    private enum Kind {
        LITERAL,
        TEXT,
        NUMBER,
        PATH,
        REST
    }

    private record Part(Kind kind, String name, byte[] literal) {}

    private static final int NO_MATCH = -1;

    private final Part[] parts;
    private final int sVlanPart;
    private final int cVlanPart;

    private LinePattern(List<Part> parts) {
        this.parts = parts.toArray(Part[]::new);
        this.sVlanPart = indexOf("s_vlan");
        this.cVlanPart = indexOf("c_vlan");
    }

    /** @throws IllegalArgumentException with a sentence, when {@code text} is no pattern */
    static LinePattern compile(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            if (open != at) {
                String literal = text.substring(at, open < 0 ? text.length() : open);
                parts.add(new Part(Kind.LITERAL, null, literal.getBytes(StandardCharsets.UTF_8)));
                at += literal.length();
                continue;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("'" + text + "' opens a field with { and does not close it with }");
            }
            parts.add(field(text.substring(open + 1, close)));
            at = close + 1;
        }
        check(text, parts);
        return new LinePattern(parts);
    }

    private static Part field(String field) {
        int colon = field.indexOf(':');
        String name = colon < 0 ? field : field.substring(0, colon);
        String type = colon < 0 ? "" : field.substring(colon + 1);
        if (field.equals("*")) {
            return new Part(Kind.REST, null, null);
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the field {" + field + "} has no name");
        }
        boolean vlan = name.equals("s_vlan") || name.equals("c_vlan");
        Kind kind =
                switch (type) {
                    case "" -> vlan ? Kind.NUMBER : Kind.TEXT;
                    case "number" -> Kind.NUMBER;
                    case "path" -> Kind.PATH;
                    default ->
                        throw new IllegalArgumentException("the field {" + field
                                + "} has an unknown type; write number or path, or none for text");
                };
        if (vlan && kind != Kind.NUMBER) {
            throw new IllegalArgumentException("the field {" + field + "} must be a number");
        }
        return new Part(kind, name, null);
    }

    private static void check(String text, List<Part> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a pattern may not be empty");
        }
        for (int i = 0; i + 1 < parts.size(); i++) {
            Kind kind = parts.get(i).kind();
            if (kind == Kind.REST) {
                throw new IllegalArgumentException("'" + text + "' goes on after {*}, which takes all that is left");
            }
            if (kind != Kind.LITERAL
                    && parts.get(i + 1).kind() != Kind.LITERAL
                    && parts.get(i + 1).kind() != Kind.REST) {
                throw new IllegalArgumentException("'" + text + "' has two fields side by side; put text between {"
                        + parts.get(i).name() + "} and {" + parts.get(i + 1).name() + "}");
            }
        }
    }

    private int indexOf(String name) {
        for (int i = 0; i < parts.length; i++) {
            if (name.equals(parts[i].name())) {
                return i;
            }
        }
        return NO_MATCH;
    }

    boolean namesVlan() {
        return sVlanPart >= 0;
    }

    /** The text with its numbers in their shortest form; null when it does not match or holds control characters. */
    String canonical(Octets in) {
        int[] ends = match(in);
        if (ends == null) {
            return null;
        }
        StringBuilder key = new StringBuilder(in.length());
        int start = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean numeric = parts[i].kind() == Kind.NUMBER || parts[i].kind() == Kind.PATH;
            boolean leading = numeric;
            for (int at = start; at < ends[i]; at++) {
                int c = in.at(at) & 0xff;
                if (c < ' ' || c == 0x7f) {
                    return null;
                }
                boolean lastDigit = at + 1 == ends[i] || in.at(at + 1) == '/';
                if (leading && c == '0' && !lastDigit) {
                    continue;
                }
                leading = numeric && c == '/';
                key.append((char) c);
            }
            start = ends[i];
        }
        return key.toString();
    }

    /** The tags it names; null when it does not match or a number is no VLAN. */
    VlanTags vlans(Octets in) {
        int[] ends = match(in);
        if (ends == null) {
            return null;
        }
        int sVlan = number(in, sVlanPart, ends);
        int cVlan = cVlanPart < 0 ? 0 : number(in, cVlanPart, ends);
        return sVlan < 1 || sVlan > VlanTags.HIGHEST || cVlan > VlanTags.HIGHEST ? null : new VlanTags(sVlan, cVlan);
    }

    private static int number(Octets in, int part, int[] ends) {
        int value = 0;
        for (int at = part == 0 ? 0 : ends[part - 1]; at < ends[part] && value <= VlanTags.HIGHEST; at++) {
            value = value * 10 + in.at(at) - '0';
        }
        return value;
    }

    /** Where each part ends; null when the whole does not match. */
    private int[] match(Octets in) {
        int[] ends = new int[parts.length];
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            at = switch (parts[i].kind()) {
                case LITERAL -> startsAt(in, at, parts[i].literal()) ? at + parts[i].literal().length : NO_MATCH;
                case TEXT -> textEnd(in, at, i);
                case NUMBER -> digitsEnd(in, at);
                case PATH -> pathEnd(in, at);
                case REST -> in.length();
            };
            if (at == NO_MATCH) {
                return null;
            }
            ends[i] = at;
        }
        return at == in.length() ? ends : null;
    }

    private int textEnd(Octets in, int start, int part) {
        if (part + 1 == parts.length || parts[part + 1].kind() == Kind.REST) {
            return start < in.length() ? in.length() : NO_MATCH;
        }
        byte[] next = parts[part + 1].literal();
        for (int at = start + 1; at + next.length <= in.length(); at++) {
            if (startsAt(in, at, next)) {
                return at;
            }
        }
        return NO_MATCH;
    }

    private static int digitsEnd(Octets in, int start) {
        int at = start;
        while (at < in.length() && in.at(at) >= '0' && in.at(at) <= '9') {
            at++;
        }
        return at == start ? NO_MATCH : at;
    }

    private static int pathEnd(Octets in, int start) {
        int at = digitsEnd(in, start);
        while (at != NO_MATCH && at < in.length() && in.at(at) == '/') {
            at = digitsEnd(in, at + 1);
        }
        return at;
    }

    private static boolean startsAt(Octets in, int at, byte[] literal) {
        if (at + literal.length > in.length()) {
            return false;
        }
        for (int i = 0; i < literal.length; i++) {
            if (in.at(at + i) != literal[i]) {
                return false;
            }
        }
        return true;
    }
}
