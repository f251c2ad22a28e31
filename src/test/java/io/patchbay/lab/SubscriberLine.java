package io.patchbay.lab;

import io.patchbay.radius.AttributeType;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.RequestBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.radius.UserPassword;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One subscriber's log-in, and its session as a NAS tells it: what a {@link NasLoad} asks for it. */
public final class SubscriberLine {
    private static final int USER_NAME = 1;
    private static final int FRAMED_IP_ADDRESS = 8;
    private static final int CLASS = 25;
    private static final int ACCT_STATUS_TYPE = 40;
    private static final int ACCT_DELAY_TIME = 41;
    private static final int ACCT_INPUT_OCTETS = 42;
    private static final int ACCT_OUTPUT_OCTETS = 43;
    private static final int ACCT_SESSION_ID = 44;
    private static final int ACCT_SESSION_TIME = 46;
    private static final int ADSL_FORUM = 3561;
    private static final int START = 1;
    private static final int STOP = 2;
    private static final int INTERIM = 3;

    private final String user;
    private final String password;
    private final String circuitId;
    private final int address;
    private byte[] classValue;
    private byte[] login;
    private int identifierOfLogin;

    /** @param address IPv4, 32 bits, which the NAS reports in accounting */
    public SubscriberLine(String user, String password, String circuitId, int address) {
        this.user = user;
        this.password = password;
        this.circuitId = circuitId;
        this.address = address;
    }

    /** Asks until it is answered; {@code then} is told the reply. A repeat is the same packet again. */
    public NasLoad.Dialogue logIn(java.util.function.Consumer<RadiusPacket> then) {
        return new NasLoad.Dialogue() {
            @Override
            public byte[] request(int identifier, int attempt, Duration waited, SharedSecret secret) {
                if (login == null || identifier != identifierOfLogin) {
                    RequestBuilder builder = new RequestBuilder(PacketCode.ACCESS_REQUEST, identifier, secret);
                    AttributeWriter attributes = builder.attributes();
                    who(attributes);
                    attributes.put(
                            AttributeType.USER_PASSWORD,
                            UserPassword.encrypt(secret, attributes.requestAuthenticator(), ascii(password)));
                    login = builder.finish();
                    identifierOfLogin = identifier;
                }
                return login;
            }

            @Override
            public boolean answered(RadiusPacket reply) {
                login = null;
                classValue = reply.value(CLASS);
                then.accept(reply);
                return false;
            }
        };
    }

    /** Told how far a session has been acknowledged. */
    public interface Acknowledged {
        /** @param record 0 for the Start, then the Interims, then the Stop */
        void record(String acctSessionId, int record);
    }

    /**
     * Start, Interims and, when {@code stop}, a Stop, each sent until it is acknowledged. A repeat is a new packet with more
     * delay time, as most NASes make it.
     */
    public NasLoad.Dialogue session(String acctSessionId, int interims, boolean stop, Acknowledged acknowledged) {
        return new NasLoad.Dialogue() {
            private int record;

            @Override
            public byte[] request(int identifier, int attempt, Duration waited, SharedSecret secret) {
                RequestBuilder builder = new RequestBuilder(PacketCode.ACCOUNTING_REQUEST, identifier, secret);
                AttributeWriter attributes = builder.attributes();
                who(attributes);
                int kind = record == 0 ? START : record > interims ? STOP : INTERIM;
                attributes.putInteger(ACCT_STATUS_TYPE, kind);
                attributes.put(ACCT_SESSION_ID, ascii(acctSessionId));
                attributes.putInteger(ACCT_DELAY_TIME, (int) waited.toSeconds());
                attributes.putInteger(FRAMED_IP_ADDRESS, address);
                if (classValue != null) {
                    attributes.put(CLASS, classValue);
                }
                if (record > 0) {
                    attributes.putInteger(ACCT_SESSION_TIME, record * 300);
                    attributes.putInteger(ACCT_INPUT_OCTETS, record * 1_000);
                    attributes.putInteger(ACCT_OUTPUT_OCTETS, record * 10_000);
                }
                return builder.finish();
            }

            @Override
            public boolean answered(RadiusPacket reply) {
                acknowledged.record(acctSessionId, record);
                record++;
                return record <= interims + (stop ? 1 : 0);
            }
        };
    }

    private void who(AttributeWriter attributes) {
        attributes.put(USER_NAME, ascii(user));
        attributes.putVendor(ADSL_FORUM, 1, ascii(circuitId));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
