package graph

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// validation is the rules that a document has to follow: those of gqlparser,
// and those that it lacks.
func validation() *rules.Rules {
	r := rules.NewDefaultRules()
	r.AddRule("NoObjectsForScalars", noObjectsForScalars)
	r.AddRule("NoDefer", noDefer)
	return r
}

// noObjectsForScalars refuses an object in the place of a scalar or an enum, of
// which gqlparser only sees that the object has no wrong field. Scalars of ours
// say on their own what they take.
func noObjectsForScalars(observers *core.Events, addError core.AddErrFunc) {
	observers.OnValue(func(_ *core.Walker, value *ast.Value) {
		if value.Kind != ast.ObjectValue || value.Definition == nil {
			return
		}
		if d := value.Definition; d.Kind == ast.Enum || d.Kind == ast.Scalar && d.BuiltIn {
			addError(core.Message("%s cannot represent an object: %s", d.Name, value.String()), core.At(value.Position))
		}
	})
}

// noDefer refuses @defer, which gqlparser's schema always has: no transport of
// ours sends the parts that would come later.
func noDefer(observers *core.Events, addError core.AddErrFunc) {
	observers.OnDirective(func(_ *core.Walker, directive *ast.Directive) {
		if directive.Name == "defer" {
			addError(core.Message("@defer is not supported: ask for the parts in operations of their own"), core.At(directive.Position))
		}
	})
}
