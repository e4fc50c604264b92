package main

import (
	"context"
	"flag"
	"fmt"
	"io"
)

// configCommand prints the settings that serve would have, as a file of settings.
func configCommand(_ context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	var check bool
	c, err := readServe("config", args, getenv, stderr, func(flags *flag.FlagSet) {
		flags.BoolVar(&check, "check", false, "say whether serve would take the settings, and print none")
	})
	if err != nil {
		return err
	}
	if check {
		_, err := fmt.Fprintln(stdout, "The settings are right.")
		return err
	}
	return c.set.Write(stdout)
}
