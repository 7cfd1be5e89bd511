/**
 * Files of items, as a sink (backup) and as a source (restore): lines of {@code {"Item":{…}}} in a
 * gzip file, which is what DynamoDB's own exports and imports are made of. Beside a backup stands
 * its {@link org.dynocopy.store.file.Manifest}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">DynamoDB
 *     table export output format</a>
 */
@Internal
package org.dynocopy.store.file;

import org.dynocopy.Internal;
