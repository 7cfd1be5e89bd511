package org.dynocopy.store;

import java.time.Instant;

/**
 * What a killed run had written to its last item.
 *
 * @param id the {@link ItemOrigin#id} of what the items are of
 * @param time when it was written
 */
public record Recovery(String id, Instant time) {}
