/**
 * The files that runs keep of how far they are. Another run reads them, perhaps one of another
 * version.
 */
package org.dynocopy.state;
