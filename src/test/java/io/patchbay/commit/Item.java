package io.patchbay.commit;

import java.nio.charset.StandardCharsets;

/** Something to be stored that is no more than what the queue sees of it. */
record Item(int id, Urgency urgency, long source, long orderKey, long receivedNanos) implements Committable {
    static Item first(int id, long source) {
        return new Item(id, Urgency.FIRST, source, source, System.nanoTime());
    }

    static Item later(int id, long source) {
        return new Item(id, Urgency.LATER, source, source, System.nanoTime());
    }

    Item withKey(long key) {
        return new Item(id, urgency, source, key, receivedNanos);
    }

    Item receivedAt(long nanos) {
        return new Item(id, urgency, source, orderKey, nanos);
    }

    @Override
    public byte[] journalBytes() {
        return (id + " " + urgency + " " + source + " " + orderKey).getBytes(StandardCharsets.UTF_8);
    }

    static Item read(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ");
        return new Item(
                Integer.parseInt(parts[0]),
                Urgency.valueOf(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                System.nanoTime());
    }
}
