package dev.lockkeeper.practice.apiserver;

/**
 * What a request would do to which resource: all that permission depends on.
 *
 * @param verb such as get or patch
 * @param group the API group; empty for the core group
 * @param plural the resource
 * @param subresource such as {@code log}; empty for the object itself
 * @param namespace empty for the whole cluster
 * @param name the object's name; empty for all
 */
record Access(
    String verb, String group, String plural, String subresource, String namespace, String name) {
  /** {@code pods/log}, or {@code pods}. */
  String resourcePath() {
    return subresource.isEmpty() ? plural : plural + "/" + subresource;
  }

  /** Fails with 403 and Kubernetes' own words unless the user may do it. */
  void require(User user) {
    if (!user.may(this)) {
      String qualified = group.isEmpty() ? plural : plural + "." + group;
      String object = name.isEmpty() ? qualified : qualified + " \"" + name + "\"";
      String where =
          namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"";
      throw new Failure(
          403,
          "Forbidden",
          "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
              .formatted(object, user.name(), verb, resourcePath(), group, where));
    }
  }
}
