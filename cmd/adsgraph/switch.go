package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"adsgraph/graph"
	"adsgraph/internal/store"
)

// switchCommand prints what is switched off, or changes it.
func switchCommand(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("switch", flag.ContinueOnError)
	flags.SetOutput(stderr)
	address := databaseFlag(flags, getenv)
	reason := flags.String("reason", "", "a `sentence` for clients, beside --off")
	off := flags.String("off", "", "`target` to switch off: WRITES, a root field such as campaignPlan, or the SHA-256 of a document")
	on := flags.String("on", "", "`target` to switch on again")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return fmt.Errorf("what is %q? Give a target with --off or --on", flags.Arg(0))
	case *off != "" && *on != "":
		return errors.New("give --off or --on, not both")
	case *off != "" && !graph.CheckSwitch(*off):
		return fmt.Errorf("--off: %q is neither WRITES, nor a root field, nor the SHA-256 of a document", *off)
	case len(*reason) > 255:
		return errors.New("--reason has more than 255 bytes")
	}
	db, err := openDatabase(ctx, *address)
	if err != nil {
		return err
	}
	s := store.New(db, time.Now)
	defer func() { _ = s.Close() }()
	switch {
	case *off != "":
		if err := store.SwitchOff(ctx, db, store.Switch{Target: *off, Reason: *reason, At: time.Now()}); err != nil {
			return err
		}
	case *on != "":
		wasOff, err := store.SwitchOn(ctx, db, *on)
		if err != nil {
			return err
		}
		if !wasOff {
			return fmt.Errorf("%s is not switched off", *on)
		}
	}
	list, err := s.Switches(ctx)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		_, err = fmt.Fprintln(stdout, "Nothing is switched off.")
		return err
	}
	for _, w := range list {
		if _, err := fmt.Fprintf(stdout, "%s  off since %s  %s\n", w.Target, w.At.UTC().Format(time.RFC3339), w.Reason); err != nil {
			return err
		}
	}
	return nil
}
