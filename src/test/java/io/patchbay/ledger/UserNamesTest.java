package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserNamesTest {
    private static final Tenant STRIPPING = new Tenant(1, "stripping", List.of("isp.example", "isp.test"), true, true);
    private static final Tenant KEEPING = new Tenant(2, "keeping", List.of("wholesale.example"), false, false);
    private static final Tenant WITHOUT_REALM = new Tenant(3, "without", List.of(), true, false);
    private static final List<Tenant> TENANTS = List.of(STRIPPING, KEEPING, WITHOUT_REALM);

    @ParameterizedTest
    @CsvSource({
        "Alice@ISP.example, 3, 1, alice",
        "alice@isp.test, 3, 1, alice",
        "ISP.EXAMPLE\\Alice, 3, 1, alice",
        "Alice@wholesale.example, 1, 2, Alice@wholesale.example",
        "Alice@WHOLESALE.example, 1, 2, Alice@wholesale.example",
        "wholesale.example\\Alice, 1, 2, Alice@wholesale.example",
        "Alice, 1, 1, alice",
        "Alice, 3, 3, Alice",
        "Alice@nowhere.example, 1, 1, alice@nowhere.example",
        "a@b@isp.example, 3, 1, a@b",
        "a@isp.example@nowhere, 3, 3, a@isp.example@nowhere",
        "isp.example\\a@wholesale.example, 3, 2, isp.example\\a@wholesale.example",
        "@isp.example, 3, 3, @isp.example",
        "isp.example\\, 3, 3, isp.example\\",
        "alice@, 1, 1, alice@",
        "alice, 9, 9, alice"
    })
    void theRealmPicksTheTenantAndItsRulesMakeTheName(String raw, long nasTenant, long tenant, String name) {
        assertThat(UserNames.resolve(raw, TENANTS, nasTenant)).isEqualTo(new UserNames.Resolved(tenant, name));
    }

    @Property
    void whatIsStoredIsFoundHoweverTheRealmIsWritten(@ForAll @AlphaChars @StringLength(min = 1, max = 40) String user) {
        for (Tenant tenant : List.of(STRIPPING, KEEPING)) {
            String realm = tenant.realms().getFirst();
            UserNames.Resolved stored =
                    new UserNames.Resolved(tenant.id(), UserNames.normalise(tenant, user + "@" + realm));
            assertThat(UserNames.resolve(user + "@" + realm, TENANTS, 3)).isEqualTo(stored);
            assertThat(UserNames.resolve(user + "@" + realm.toUpperCase(java.util.Locale.ROOT), TENANTS, 3))
                    .isEqualTo(stored);
            assertThat(UserNames.resolve(realm + "\\" + user, TENANTS, 3)).isEqualTo(stored);
        }
    }

    @Property
    void anyNameIsReadAndNormalisedOnceForAll(@ForAll @StringLength(max = 253) String raw) {
        UserNames.Resolved resolved = UserNames.resolve(raw, TENANTS, 3);
        assertThat(resolved.name()).isNotNull();
        assertThat(UserNames.normalise(WITHOUT_REALM, raw)).isEqualTo(raw);
    }
}
