package io.patchbay.binding;

import io.patchbay.ledger.Credential;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.DynamicAuthorization;
import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.MessageAuthenticatorMode;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.Plan;
import io.patchbay.ledger.ServiceState;
import io.patchbay.ledger.Tenant;
import io.patchbay.line.AccessNode;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineIdentifier;
import io.patchbay.line.LineTemplates;
import io.patchbay.line.ReportedLine;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The small world of the binding tests: one tenant, two NASes with an access node each, and one node behind any NAS. */
final class Given {
    static final LineTemplates TEMPLATES = LineTemplates.load(Path.of("config/line-templates.yaml"));
    static final Tenant TENANT = new Tenant(1, "default", List.of("isp.example"), true, true);
    static final Plan PLAN = plan(1, "default", null);
    static final AccessNode OLT1 = new AccessNode(11, "olt1", 1, "tr-101");
    static final AccessNode OLT2 = new AccessNode(12, "olt2", 2, "tr-101");
    static final AccessNode ANYWHERE = new AccessNode(13, "anywhere", 0, "opaque");

    private Given() {}

    static Plan plan(long id, String name, Option82Policy policy) {
        return new Plan(id, 1, name, 100_000, 20_000, 0, 0, 600, policy, null, null, null, null, 0);
    }

    static Directory directory() {
        return new Directory(
                List.of(new Nas().build(), new Nas().id(2).address("192.0.2.2").build()),
                List.of(OLT1, OLT2, ANYWHERE),
                List.of(TENANT),
                List.of(PLAN));
    }

    static BindingIndex index(Binding... bindings) {
        BindingIndex index = new BindingIndex();
        index.replaceAll(directory(), index.startFilling(0));
        for (Binding binding : bindings) {
            index.apply(binding);
        }
        return index;
    }

    static AccessQuestion question(NasClient nas, String user, PasswordProof proof, ReportedLine line) {
        return new AccessQuestion(nas, user, proof, line, false);
    }

    static ReportedLine line(String circuitId, String remoteId) {
        return new ReportedLine(octets(circuitId), octets(remoteId), null, null, -1, VlanTags.NONE);
    }

    static ReportedLine noLine() {
        return line(null, null);
    }

    static Octets octets(String text) {
        return text == null ? null : Octets.ofText(text);
    }

    /** A password as PAP carries it, or a proof that only PPP sends. */
    record Proof(String password, boolean isPppOnly) implements PasswordProof {
        static final PasswordProof NONE = new Proof(null, false);

        static PasswordProof pap(String password) {
            return new Proof(password, false);
        }

        static PasswordProof chap(String password) {
            return new Proof(password, true);
        }

        @Override
        public Outcome check(Credential credential) {
            return switch (credential.scheme()) {
                case CLEARTEXT -> credential.secret().equals(octets(password)) ? Outcome.PROVEN : Outcome.WRONG;
                case NT_HASH -> Outcome.IMPOSSIBLE;
                case BCRYPT, PBKDF2_SHA256 -> Outcome.SLOW;
            };
        }

        @Override
        public boolean isPassword(Octets commonPassword) {
            return !isPppOnly && commonPassword.equals(octets(password));
        }

        @Override
        public boolean isPresent() {
            return password != null;
        }
    }

    static Nas nas() {
        return new Nas();
    }

    /** A trusted NAS that identifies lines and enforces them, unless told otherwise. */
    static final class Nas {
        private long id = 1;
        private String address = "192.0.2.1";
        private boolean trusted = true;
        private Option82Policy policy = Option82Policy.ENFORCE;
        private LineAuthentication lines = LineAuthentication.IGNORE_PASSWORD;
        private String commonPassword;
        private DenialPolicy unknown = DenialPolicy.REJECT;
        private DenialPolicy suspended = DenialPolicy.REJECT;
        private DenialPolicy expired = DenialPolicy.REJECT;
        private String portTemplate;

        Nas id(long value) {
            id = value;
            return this;
        }

        Nas address(String value) {
            address = value;
            return this;
        }

        Nas untrusted() {
            trusted = false;
            return this;
        }

        Nas policy(Option82Policy value) {
            policy = value;
            return this;
        }

        Nas lines(LineAuthentication value) {
            lines = value;
            return this;
        }

        Nas commonPassword(String value) {
            lines = LineAuthentication.CHECK_COMMON_PASSWORD;
            commonPassword = value;
            return this;
        }

        Nas unknown(DenialPolicy value) {
            unknown = value;
            return this;
        }

        Nas suspended(DenialPolicy value) {
            suspended = value;
            return this;
        }

        Nas expired(DenialPolicy value) {
            expired = value;
            return this;
        }

        Nas portTemplate(String value) {
            portTemplate = value;
            return this;
        }

        NasClient build() {
            return new NasClient(
                    id,
                    "nas" + id,
                    1,
                    IpPrefix.parse(address),
                    "generic",
                    List.of(new NasClient.NasSecret(id, Octets.ofText("testing123"))),
                    MessageAuthenticatorMode.AUTO,
                    true,
                    trusted,
                    policy,
                    lines,
                    octets(commonPassword),
                    unknown,
                    suspended,
                    expired,
                    portTemplate,
                    0,
                    DynamicAuthorization.USUAL,
                    null);
        }
    }

    static Service service(long id) {
        return new Service(id);
    }

    /** An active internet service on line {@code id} of olt1, without identifiers. */
    static final class Service {
        private final long id;
        private long subscriber;
        private String user;
        private Credential credential;
        private String kind = "internet";
        private ServiceState state = ServiceState.ACTIVE;
        private long expiresAt;
        private Option82Policy policy;
        private Plan plan = PLAN;
        private long line;
        private AccessNode node = OLT1;
        private final List<LineIdentifier> identifiers = new ArrayList<>();
        private VlanTags vlans = VlanTags.NONE;

        private Service(long id) {
            this.id = id;
            this.subscriber = id;
            this.line = id;
        }

        Service subscriber(long value) {
            subscriber = value;
            return this;
        }

        Service user(String name, String password) {
            return user(name, Credential.Scheme.CLEARTEXT, password);
        }

        Service user(String name, Credential.Scheme scheme, String secret) {
            user = name;
            credential = new Credential(scheme, Octets.ofText(secret));
            return this;
        }

        Service kind(String value) {
            kind = value;
            return this;
        }

        Service state(ServiceState value) {
            state = value;
            return this;
        }

        Service expiresAt(long epochSecond) {
            expiresAt = epochSecond;
            return this;
        }

        Service policy(Option82Policy value) {
            policy = value;
            return this;
        }

        Service plan(Plan value) {
            plan = value;
            return this;
        }

        Service line(long value) {
            line = value;
            return this;
        }

        /** Comes before the identifiers, whose scope it is. */
        Service on(AccessNode value) {
            node = value;
            return this;
        }

        Service circuit(String value) {
            return identifier(IdentifierKind.CIRCUIT_ID, Octets.ofText(value));
        }

        Service remote(String value) {
            return identifier(IdentifierKind.REMOTE_ID, Octets.ofText(value));
        }

        Service identifier(IdentifierKind kind, Octets value) {
            identifiers.add(new LineIdentifier(node.id(), kind, value));
            return this;
        }

        Service vlans(int sVlan, int cVlan) {
            vlans = new VlanTags(sVlan, cVlan);
            return this;
        }

        Binding build() {
            Octets circuit = identifiers.stream()
                    .filter(identifier -> identifier.kind() == IdentifierKind.CIRCUIT_ID)
                    .map(LineIdentifier::value)
                    .findFirst()
                    .orElse(null);
            return new Binding(
                    id,
                    subscriber,
                    1,
                    user,
                    credential,
                    kind,
                    state,
                    expiresAt,
                    policy,
                    plan,
                    line,
                    line == 0 ? 0 : node.id(),
                    List.copyOf(identifiers),
                    TEMPLATES.canonicalKey(node.template(), circuit),
                    vlans,
                    vlans.cVlan() != 0,
                    IpPrefix.parse("192.0.2.9"),
                    List.of(),
                    null,
                    null,
                    null,
                    List.of(),
                    0,
                    true,
                    true);
        }
    }
}
