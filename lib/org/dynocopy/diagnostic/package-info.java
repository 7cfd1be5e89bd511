/** What is wrong with what a user asked for, where it stands, and what would be right. */
package org.dynocopy.diagnostic;
