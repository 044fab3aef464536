package dev.lockkeeper.dns;

import dev.lockkeeper.snapshot.HostLookup.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.CommunicationException;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/**
 * Asks name servers by the DNS client of the JDK, past {@code /etc/hosts} and search domains. A
 * record a question: most servers refuse to answer for all kinds at once.
 *
 * @param url {@code dns:} for the servers of this machine, or {@code dns://HOST:PORT}
 */
record NameServers(String url) {
  private static final String MILLISECONDS = "1000";
  private static final String RETRIES = "2";

  /** A longer chain of aliases is a mistake, or meant to keep us busy. */
  private static final int MOST_ALIASES = 8;

  private static final int MOST_ADDRESSES = 16;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_*.-]{1,253}");

  /** Never fails, but may not know. Blocks for some seconds at most for each record. */
  Answer ask(String host) {
    String by = "DNS";
    try {
      DirContext context = new InitialDirContext(environment());
      try {
        by = servers(context);
        return ask(context, by, host);
      } finally {
        context.close();
      }
    } catch (CommunicationException e) {
      return Answer.unknown(by, "no answer");
    } catch (NamingException e) {
      return Answer.unknown(by, "refused or not understood: " + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      // The bytes of an answer are anybody's; a name in it may point at itself.
      return Answer.unknown(by, "an answer that is not understood");
    }
  }

  private Answer ask(DirContext context, String by, String host) throws NamingException {
    List<String> names = new ArrayList<>(List.of(host));
    try {
      Optional<String> alias = alias(context, host);
      while (alias.isPresent()) {
        if (names.contains(alias.get()) || names.size() > MOST_ALIASES) {
          return Answer.unknown(
              by, "its CNAME records come to no end: %s".formatted(String.join(" → ", names)));
        }
        names.add(alias.get());
        alias = alias(context, alias.get());
      }
      String last = names.get(names.size() - 1);
      List<String> addresses = new ArrayList<>(values(context, last, "A"));
      addresses.addAll(values(context, last, "AAAA"));
      return new Answer(by, names.subList(1, names.size()), addresses(addresses), "");
    } catch (NameNotFoundException noSuchName) {
      return new Answer(by, names.subList(1, names.size()), List.of(), "");
    }
  }

  private static List<String> addresses(List<String> all) {
    return all.stream()
        .flatMap(each -> Addresses.literal(each).stream())
        .distinct()
        .limit(MOST_ADDRESSES)
        .toList();
  }

  /** What is no name of a host is not followed. */
  private static Optional<String> alias(DirContext context, String name) throws NamingException {
    Optional<String> found = values(context, name, "CNAME").stream().findFirst();
    if (found.isEmpty()) {
      return found;
    }
    String alias = found.get().replaceFirst("\\.$", "").toLowerCase(Locale.ROOT);
    if (!NAME.matcher(alias).matches()) {
      throw new NamingException("a CNAME record that names no host");
    }
    return Optional.of(alias);
  }

  private static List<String> values(DirContext context, String name, String record)
      throws NamingException {
    Attribute found =
        context.getAttributes(new CompositeName(name + "."), new String[] {record}).get(record);
    List<String> values = new ArrayList<>();
    if (found != null) {
      Collections.list(found.getAll()).forEach(value -> values.add(value.toString()));
    }
    return values;
  }

  private static String servers(DirContext context) throws NamingException {
    Object urls = context.getEnvironment().get(Context.PROVIDER_URL);
    return "DNS"
        + Optional.ofNullable(urls)
            .map(text -> text.toString().replaceAll("dns:/*", "").strip())
            .filter(text -> !text.isEmpty())
            .map(text -> " at " + text.replaceAll("\\s+", ", "))
            .orElse("");
  }

  private Hashtable<String, String> environment() {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, url);
    environment.put("com.sun.jndi.dns.timeout.initial", MILLISECONDS);
    environment.put("com.sun.jndi.dns.timeout.retries", RETRIES);
    return environment;
  }
}
