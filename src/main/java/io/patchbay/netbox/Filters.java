package io.patchbay.netbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a list is narrowed to, by NetBox's names: {@code within}, {@code parent}, {@code vrf_id}, {@code cf_<name>}. Several
 * values of one name are alternatives, several names must all hold. NetBox ignores a name that it does not know.
 */
public record Filters(List<Filter> all) {
    private static final Filters NONE = new Filters(List.of());

    /** One name, one value. */
    public record Filter(String name, String value) {}

    public Filters {
        all = List.copyOf(all);
    }

    public static Filters none() {
        return NONE;
    }

    public static Filters of(String name, Object value) {
        return NONE.and(name, value);
    }

    /** These, and one more. */
    public Filters and(String name, Object value) {
        List<Filter> more = new ArrayList<>(all);
        more.add(new Filter(name, String.valueOf(value)));
        return new Filters(more);
    }

    /** {@code a=1&b=2}, encoded for a URL. */
    String query() {
        StringBuilder query = new StringBuilder();
        for (Filter filter : all) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(URLEncoder.encode(filter.name(), StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(filter.value(), StandardCharsets.UTF_8));
        }
        return query.toString();
    }
}
