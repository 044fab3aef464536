package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;

/**
 * What was found when the object was read before a write.
 *
 * @param object the object; a missing node when there is trouble
 * @param trouble why the write need not be sent
 * @param answered whether it was the server that said so, or the object itself
 */
record PreRead(JsonNode object, Optional<String> trouble, boolean answered) {
  static PreRead at(JsonNode object) {
    return new PreRead(object, Optional.empty(), true);
  }

  static PreRead refused(String why) {
    return new PreRead(MissingNode.getInstance(), Optional.of(why), true);
  }

  static PreRead silent(String why) {
    return new PreRead(MissingNode.getInstance(), Optional.of(why), false);
  }
}
