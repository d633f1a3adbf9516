package io.octavialb.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import org.openstack4j.model.ModelEntity;

/**
 * The body of a request as openstack4j carries it.
 *
 * <p>It is written with our own mapper: openstack4j's leaves out nulls, which are meant here.
 */
interface JsonBody extends ModelEntity {
    JsonNode json();
}
