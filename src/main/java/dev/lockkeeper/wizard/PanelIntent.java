package dev.lockkeeper.wizard;

/** What a key in an open panel asks for. */
public enum PanelIntent {
  OPEN,
  DESCRIBE,
  DOWN,
  UP,
  PAGE_DOWN,
  PAGE_UP,
  FIRST,
  LAST,
  LEFT,
  RIGHT,
  SEARCH,
  NEXT_MATCH,
  PREVIOUS_MATCH,
  ZOOM,
  CONTAINER,
  OLDER,
  AGAIN,
  COPY,
  KEEP,
  BACK
}
