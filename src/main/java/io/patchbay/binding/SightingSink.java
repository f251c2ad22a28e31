package io.patchbay.binding;

/** Where sightings go. Never blocks: when its queue is full the sighting is dropped and counted. */
public interface SightingSink {
    void note(Sighting sighting);
}
