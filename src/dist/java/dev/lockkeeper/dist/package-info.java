/**
 * Makes the archives for a machine without Java out of what Maven has packaged. It is run by the
 * build, and is part of no product.
 */
package dev.lockkeeper.dist;
