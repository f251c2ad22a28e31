package io.patchbay.netbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How NetBox is reached. {@code docs/configuration.md} says what each is; {@code patchbay.netbox.rate} is the route's alone.
 *
 * @param url with {@code http} or {@code https}, without {@code /api}; empty: there is no NetBox
 */
@ConfigurationProperties("patchbay.netbox")
record NetBoxSettings(
        @DefaultValue("") String url,
        String token,
        Path tokenFile,
        @DefaultValue("") String user,
        Path trusted,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("20s") Duration responseTimeout,
        @DefaultValue("60s") Duration deadline,
        @DefaultValue("8") int connections,
        @DefaultValue("500") int pageSize,
        @DefaultValue("32MB") DataSize bodyLimit,
        String webhookSecret,
        @DefaultValue Fields customFields,
        @DefaultValue("patchbay") String tag,
        @DefaultValue("2m") Duration changesSettle) {
    NetBoxSettings {
        // It may hold a password by mistake, so it is not repeated.
        require(
                url.isEmpty() || isAddress(url),
                "url",
                "…",
                "http://host or https://host, with a port and a path if any");
        require(!connectTimeout.minusMillis(1).isNegative(), "connect-timeout", connectTimeout, "at least 1ms");
        require(!responseTimeout.minusMillis(1).isNegative(), "response-timeout", responseTimeout, "at least 1ms");
        require(deadline.compareTo(responseTimeout) > 0, "deadline", deadline, "longer than response-timeout");
        require(connections >= 1, "connections", connections, "at least 1");
        require(pageSize >= 1 && pageSize <= 1000, "page-size", pageSize, "1 to 1000");
        require(bodyLimit.toBytes() >= 1024, "body-limit", bodyLimit, "at least 1KB");
        require(tag.matches("[a-zA-Z0-9_-]{1,100}"), "tag", tag, "letters, digits, - and _, 100 at most");
        require(!changesSettle.isNegative(), "changes-settle", changesSettle, "at least 0");
    }

    /** @param key as {@link CustomFields} has them */
    record Fields(
            @DefaultValue("patchbay_key") String key,
            @DefaultValue("patchbay_service") String service,
            @DefaultValue("patchbay_subscriber") String subscriber) {}

    boolean isConfigured() {
        return !url.isEmpty();
    }

    CustomFields fieldNames() {
        return new CustomFields(customFields.key(), customFields.service(), customFields.subscriber());
    }

    private static boolean isAddress(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static void require(boolean right, String setting, Object value, String must) {
        if (!right) {
            throw new IllegalArgumentException(
                    "patchbay.netbox." + setting + " is '" + value + "'; it must be " + must + ".");
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "NetBoxSettings[url=" + url + "]";
    }
}
