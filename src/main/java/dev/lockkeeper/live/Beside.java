package dev.lockkeeper.live;

import dev.lockkeeper.action.EvidenceOperations;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What a run reaches besides its journal and its acts.
 *
 * @param seeking takes what has to be looked up besides
 * @param inspecting takes what has to be read for whoever looks, or nothing
 * @param taking takes text away from the screen
 * @param keeping keeps what was seen, and tells how far it is
 */
record Beside(
    Consumer<Optional<ObjectName>> seeking,
    Consumer<Optional<Inspection>> inspecting,
    TakenAway taking,
    BiFunction<Snapshot, Consumer<String>, EvidenceOperations> keeping) {}
