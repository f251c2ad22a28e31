package io.patchbay.netbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * NetBox, over its REST API, 4.2 to 4.7. Safe for any number of threads; each call blocks its own for no longer than
 * {@code patchbay.netbox.deadline}. An implementation throws for a caller's mistake only ({@link IllegalArgumentException}).
 *
 * <p>Fields are NetBox's, in its spelling for writing: relations by id ({@code "vrf": 7}), choices by value
 * ({@code "status": "active"}), {@code "custom_fields": {}}. The names of ours are in {@link #customFields}.
 */
public interface NetBox {
    /** Objects in one list at most. */
    int BULK_LIMIT = 1000;

    /** Whether there is a {@code patchbay.netbox.url}; without one everything is {@link NetBoxOutcome.Unusable}. */
    boolean isConfigured();

    /** As they are named in this NetBox. */
    CustomFields customFields();

    /** Asks which NetBox it is; {@link NetBoxOutcome.Unusable} when it is older than 4.2. */
    NetBoxOutcome<Capabilities> status();

    /**
     * Makes sure that the custom fields and the tag are there; to be repeated at will.
     *
     * @return {@link NetBoxOutcome.Denied} with the permissions that the token lacks; {@link NetBoxOutcome.Conflict} when a
     *     field of that name is another kind of field
     */
    NetBoxOutcome<Prepared> prepare();

    /** One object, with its ETag where NetBox has them. */
    NetBoxOutcome<NetBoxObject> get(ObjectType type, long id);

    /**
     * A page of a list in the order of ids.
     *
     * @param filters of 3,000 characters at most: web servers take no longer line
     * @param after the id after which it begins, 0 for the first page
     */
    NetBoxOutcome<Page> page(ObjectType type, Filters filters, long after);

    /**
     * All that the filters leave, page by page. When it is not done, what came before was given already.
     *
     * @return how many there were
     */
    default NetBoxOutcome<Long> find(ObjectType type, Filters filters, Consumer<NetBoxObject> each) {
        long count = 0;
        Long after = 0L;
        while (after != null) {
            NetBoxOutcome<Page> outcome = page(type, filters, after);
            if (!(outcome instanceof NetBoxOutcome.Done<Page> done)) {
                return outcome.map(page -> 0L);
            }
            done.value().objects().forEach(each);
            count += done.value().objects().size();
            after = done.value().after();
        }
        return new NetBoxOutcome.Done<>(count);
    }

    /** All that the filters leave, in memory; for lists known to be short. */
    default NetBoxOutcome<List<NetBoxObject>> find(ObjectType type, Filters filters) {
        List<NetBoxObject> found = new ArrayList<>();
        return find(type, filters, found::add).map(count -> List.copyOf(found));
    }

    /**
     * The object of a key, exactly; {@link NetBoxOutcome.Conflict} when there are several, {@link NetBoxOutcome.Unusable}
     * when NetBox lacks the custom field.
     */
    NetBoxOutcome<Optional<NetBoxObject>> findClaimed(ObjectType type, ClaimKey key);

    /** Creates one object. Not idempotent: see {@link #createOnce}. */
    NetBoxOutcome<NetBoxObject> create(ObjectType type, ObjectNode fields);

    /**
     * Creates all or none, in this order; {@link #BULK_LIMIT} at most. Not idempotent. Before 4.7 NetBox does not compare the
     * objects of one list with each other: two equal ones are both created.
     */
    NetBoxOutcome<List<NetBoxObject>> create(ObjectType type, List<ObjectNode> fields);

    /**
     * Creates an object under a key, or tells which one it has: for a value that was chosen elsewhere. The key, and the tag,
     * are added to the fields. Unlike allocation this is idempotent within one hub only for prefixes and VLANs: NetBox
     * holds no lock there, so the nodes of a hub must not do it for one key at once.
     */
    NetBoxOutcome<Allocation> createOnce(ObjectType type, ClaimKey key, ObjectNode fields);

    /**
     * Changes the fields that are given.
     *
     * @param etag the object must still have it, else {@link NetBoxOutcome.Stale}; null for whatever it has
     */
    NetBoxOutcome<NetBoxObject> patch(ObjectType type, long id, ObjectNode fields, String etag);

    /**
     * Changes all or none of them; {@link #BULK_LIMIT} at most. Before 4.7 NetBox passes over ids that are not there, so there
     * may be fewer objects in the outcome; since then they are {@link NetBoxOutcome.Invalid}.
     *
     * @param fields id to the fields that change
     */
    NetBoxOutcome<List<NetBoxObject>> patch(ObjectType type, Map<Long, ObjectNode> fields);

    /**
     * Deletes one object; {@link NetBoxOutcome.Missing} when it is not there, {@link NetBoxOutcome.Conflict} when others
     * depend on it.
     *
     * @param etag as for {@link #patch(ObjectType, long, ObjectNode, String)}
     */
    NetBoxOutcome<Void> delete(ObjectType type, long id, String etag);

    /**
     * Deletes all or none; {@link #BULK_LIMIT} at most. Ids that are not there are passed over, or
     * {@link NetBoxOutcome.Invalid} from 4.7 on.
     */
    NetBoxOutcome<Void> delete(ObjectType type, List<Long> ids);

    /**
     * The next free address of a prefix or range, once for each key.
     *
     * @param parent {@link ObjectType#PREFIX} or {@link ObjectType#IP_RANGE}
     * @param fields of the address, without {@code address} and {@code vrf}, which follow from the parent. A
     *     {@code prefix_length} is left out where NetBox cannot do it (before 4.5.1): the mask is the parent's then
     */
    NetBoxOutcome<Allocation> allocateAddress(ObjectType parent, long parentId, ClaimKey key, ObjectNode fields);

    /** The next free prefix of {@code length} bits within a prefix, once for each key. */
    NetBoxOutcome<Allocation> allocatePrefix(long parentId, int length, ClaimKey key, ObjectNode fields);

    /** The next free VLAN of a group, once for each key; {@code fields} must hold a {@code name}, unique in the group. */
    NetBoxOutcome<Allocation> allocateVlan(long groupId, ClaimKey key, ObjectNode fields);

    /** The id of the newest object-change, to begin with; 0 when there is none. */
    NetBoxOutcome<Long> newestChange();

    /**
     * What others changed after a cursor. Ids are not in the order of commits, so the cursor stays behind what is younger than
     * {@code patchbay.netbox.changes-settle}: a change may come more than once, none is left out.
     */
    NetBoxOutcome<Changes> changes(long cursor);

    /** Whether a change, by webhook or object-change, was made by this hub; either may be null. */
    boolean isOwn(String user, String requestId);
}
