package dev.lockkeeper.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A real file on which somebody has a hand whenever it is written, forced or cut. */
public final class TouchedChannel extends FileChannel {
  private final FileChannel real;
  private final Hand hand;

  public TouchedChannel(FileChannel real, Hand hand) {
    this.real = real;
    this.hand = hand;
  }

  /** Does what is asked of the file, or something worse. */
  public interface Hand {
    default int write(ByteBuffer bytes, FileChannel real) throws IOException {
      return real.write(bytes);
    }

    default void force(FileChannel real) throws IOException {
      real.force(true);
    }

    default void truncate(long size, FileChannel real) throws IOException {
      real.truncate(size);
    }
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return hand.write(bytes, real);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    hand.force(real);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    hand.truncate(size, real);
    return this;
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return real.read(bytes);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }

  @Override
  public long read(ByteBuffer[] all, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] all, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer bytes, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer bytes, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
