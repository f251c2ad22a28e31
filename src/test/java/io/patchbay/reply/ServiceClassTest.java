package io.patchbay.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.wire.Octets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceClassTest {
    @Property
    void namesItsServiceThereAndBack(@ForAll @LongRange(min = 1, max = 999_999_999_999_999_999L) long id) {
        byte[] value = new byte[30];
        int end = ServiceClass.write(value, 2, id);
        assertThat(ServiceClass.serviceId(Octets.of(value, 2, end - 2))).hasValue(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pb1:", "pb2:5", "pb1:x", "pb1:-5", "pb1:1234567890123456789", "gold"})
    void ofAnotherServerIsNotOurs(String value) {
        assertThat(ServiceClass.serviceId(Octets.ofText(value))).isEmpty();
    }
}
