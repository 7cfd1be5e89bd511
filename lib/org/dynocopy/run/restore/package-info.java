/** Restores of backups, and replays of dead letters. */
package org.dynocopy.run.restore;
