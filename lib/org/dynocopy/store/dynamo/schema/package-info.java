/**
 * The schema of a table: read, shown as JSON, cloned and compared. The way in is {@link
 * org.dynocopy.store.dynamo.schema.Schemas}; what two schemas differ in says {@link
 * org.dynocopy.store.SchemaDiff}.
 */
@Internal
package org.dynocopy.store.dynamo.schema;

import org.dynocopy.Internal;
