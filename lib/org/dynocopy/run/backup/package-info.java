/** Backups of tables: in files, by the service, in S3. */
@Internal
package org.dynocopy.run.backup;

import org.dynocopy.Internal;
