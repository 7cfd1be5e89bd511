/** Backups of tables: in files, by the service, in S3. */
package org.dynocopy.run.backup;
