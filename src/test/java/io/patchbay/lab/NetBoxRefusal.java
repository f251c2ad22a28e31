package io.patchbay.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** NetBox's refusal, with status and body. */
final class NetBoxRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    final int status;
    final transient JsonNode body;
    String etag;

    NetBoxRefusal(int status, JsonNode body) {
        super(status + " " + body, null, false, false);
        this.status = status;
        this.body = body;
    }

    static NetBoxRefusal detail(int status, String detail) {
        return new NetBoxRefusal(status, JsonNodeFactory.instance.objectNode().put("detail", detail));
    }

    static NetBoxRefusal field(String field, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray(field).add(message);
        return new NetBoxRefusal(400, body);
    }
}
