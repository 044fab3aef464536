package dev.lockkeeper;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who opens a file, lists a folder, connects to a socket or starts a program, and whether it asks
 * first if that could be somebody else's.
 *
 * @param root the package that the rooms are in
 */
record HouseTrust(String root) {
  private static final Pattern OPENS =
      Pattern.compile("read(All|String).*|new(Input|Output|Directory|Byte).*|list|walk|lines");

  private static final Set<String> PROGRAMS_AND_FILES =
      Set.of(
          "java.lang.ProcessBuilder",
          "java.io.RandomAccessFile",
          "java.io.FileInputStream",
          "java.io.FileReader",
          "java.util.Scanner");

  /** Those who do so without asking, and why they may. */
  private static final Map<String, String> EXCUSED =
      Map.ofEntries(
          Map.entry("live.OperatorName", "reads the name of this machine from the kernel"),
          Map.entry("live.OpenFilesLimit", "reads /proc, which is the kernel's"),
          Map.entry("files.BundledYaml", "reads what the build compiled, as a step of it"),
          Map.entry("helm.HelmQuery", "runs what HelmProgram found, in a RunFolder"),
          Map.entry("helm.HelmSupervisor", "runs what HelmRuns wrote into a RunFolder"),
          Map.entry("files.Storage", "opens what JournalFile asked about"),
          Map.entry(
              "helm.Leftovers", "removes what Scratch, RunFolder and JournalFile asked about"));

  /** Every rule about trust, by what it promises. */
  Map<String, ArchRule> rules() {
    return Map.of(
        "what is made for moments is named so that it is swept",
        noClasses()
            .that()
            .resideInAPackage(root + "..")
            .and()
            .doNotHaveFullyQualifiedName(root + ".trust.Scratch")
            .and()
            // A world is swept by the next one.
            .doNotHaveFullyQualifiedName(root + ".worlds.WorldFiles")
            .and()
            // Its folder is another user's, whose files are not ours to sweep.
            .doNotHaveFullyQualifiedName(root + ".practice.server.PostgresServer")
            .should()
            .callMethodWhere(
                describe("a temporary name", call -> call.getName().startsWith("createTemp")))
            .allowEmptyShould(true)
            .as("what is made for moments is named so that it is swept"),
        "who opens or runs something asks whose it is",
        classes()
            .that()
            .resideInAPackage(root + "..")
            .and()
            // Below the door of the world everything lies in the world's own folder.
            .resideOutsideOfPackages(root + ".trust..", root + ".practice.*..")
            .should(ask())
            .allowEmptyShould(true)
            .as("who opens or runs something asks whose it is"));
  }

  /** Those that are excused and need not be. */
  Set<String> excused() {
    return EXCUSED.keySet();
  }

  boolean opens(JavaClass type) {
    return Stream.concat(
            type.getMethodCallsFromSelf().stream(), type.getConstructorCallsFromSelf().stream())
        .anyMatch(HouseTrust::opens);
  }

  private ArchCondition<JavaClass> ask() {
    return new ArchCondition<>("ask Trusted first") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (opens(type) && !asks(type) && !EXCUSED.containsKey(name(type))) {
          events.add(
              SimpleConditionEvent.violated(type, type.getName() + " does not ask whose it is"));
        }
      }
    };
  }

  private String name(JavaClass type) {
    String name = type.getName().substring(root.length() + 1);
    return name.replaceFirst("\\$.*", "");
  }

  private boolean asks(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(each -> each.getTargetClass().getName().equals("dev.lockkeeper.trust.Trusted"));
  }

  private static boolean opens(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    return owner.equals("java.nio.file.Files") && OPENS.matcher(call.getName()).matches()
        || owner.equals("java.nio.channels.FileChannel") && call.getName().equals("open")
        || owner.equals("java.nio.channels.SocketChannel") && call.getName().equals("connect")
        || PROGRAMS_AND_FILES.contains(owner) && call.getName().equals("<init>");
  }
}
