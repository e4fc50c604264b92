package loader

import (
	"reflect"
	"testing"

	"adsgraph/internal/observe"
)

// TestLoadersHaveNames checks that each loader has a name of its own in metrics and
// traces.
func TestLoadersHaveNames(t *testing.T) {
	t.Parallel()
	l := &Loaders{}
	seen := map[string]string{observe.Other: "nothing"}
	for v, i := reflect.ValueOf(l).Elem(), 0; i < v.NumField(); i++ {
		field := v.Type().Field(i)
		if _, isLoader := reflect.PointerTo(field.Type).MethodByName("Load"); !isLoader {
			continue
		}
		name := l.name(v.Field(i).Addr().Interface())
		if seen[name] != "" {
			t.Errorf("%s is called %s, and so is %s", field.Name, name, seen[name])
		}
		seen[name] = field.Name
	}
	if len(seen) < 20 {
		t.Errorf("only %d loaders were found", len(seen))
	}
}
