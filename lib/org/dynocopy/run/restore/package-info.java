/** Restores of backups, and replays of dead letters. */
@Internal
package org.dynocopy.run.restore;

import org.dynocopy.Internal;
