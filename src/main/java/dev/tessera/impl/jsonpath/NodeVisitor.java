package dev.tessera.impl.jsonpath;

/** Takes the nodes that a query selects, in the order of RFC 9535. */
@FunctionalInterface
public interface NodeVisitor {

    /** Takes one node, which is valid only during the call. */
    void visit(Node node);
}
