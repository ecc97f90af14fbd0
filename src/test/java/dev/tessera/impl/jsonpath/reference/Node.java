package dev.tessera.impl.jsonpath.reference;

import dev.tessera.impl.jsonpath.reference.Tree.Arr;
import dev.tessera.impl.jsonpath.reference.Tree.Obj;
import java.util.ArrayList;
import java.util.List;

/** A value with its normalized path. */
public record Node(Tree value, String path) {

    List<Node> children() {
        List<Node> children = new ArrayList<>();
        if (value instanceof Arr array) {
            for (int i = 0; i < array.elements().size(); i++) {
                children.add(new Node(array.elements().get(i), path + "[" + i + "]"));
            }
        } else if (value instanceof Obj object) {
            object.members()
                    .forEach(member ->
                            children.add(new Node(member.value(), path + "['" + escaped(member.name()) + "']")));
        }
        return children;
    }

    /** Returns the last member of a name, or null. */
    Node member(String name) {
        Node found = null;
        if (value instanceof Obj object) {
            for (int i = 0; i < object.members().size(); i++) {
                found = object.members().get(i).name().equals(name) ? children().get(i) : found;
            }
        }
        return found;
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("'", "\\'").replace("\t", "\\t");
    }
}
