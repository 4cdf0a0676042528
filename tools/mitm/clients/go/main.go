// A client of net/http whose connections are held against pins after the chain has been verified.
package main

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"
)

var addresses = map[string]string{"request": "ASSAY_URL", "second-host": "ASSAY_SECOND_URL", "plain-request": "ASSAY_PLAIN_URL"}

func main() {
	client, err := newClient(os.Getenv("ASSAY_CA"), strings.Split(os.Getenv("ASSAY_PINS"), ","))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	failed := false
	for _, step := range strings.Split(os.Getenv("ASSAY_STEPS"), ",") {
		name, known := addresses[step]
		if !known {
			continue
		}
		if err := get(client, os.Getenv(name)); err != nil {
			fmt.Fprintln(os.Stderr, step, err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}

func newClient(file string, pins []string) (*http.Client, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, errors.New("ASSAY_CA holds no certificate")
	}
	config := &tls.Config{
		RootCAs:            roots,
		MinVersion:         tls.VersionTLS12,
		ClientSessionCache: tls.NewLRUClientSessionCache(8),
		// Called for resumed connections too, unlike VerifyPeerCertificate.
		VerifyConnection: func(state tls.ConnectionState) error { return checkPin(state, pinsOf(state.ServerName, pins)) },
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: config, ForceAttemptHTTP2: true}
	return &http.Client{Transport: transport, Timeout: 8 * time.Second}, nil
}

// pinsOf gives the keys that are right for a host: the second host has one of its own.
func pinsOf(host string, pins []string) []string {
	second, err := url.Parse(os.Getenv("ASSAY_SECOND_URL"))
	if err == nil && second.Hostname() == host && len(pins) > 1 {
		return pins[1:2]
	}
	return pins
}

// checkPin looks at the leaf of the chain that was verified, never at what else the server sent.
func checkPin(state tls.ConnectionState, pins []string) error {
	if len(state.VerifiedChains) == 0 {
		return errors.New("the chain was not verified")
	}
	digest := sha256.Sum256(state.VerifiedChains[0][0].RawSubjectPublicKeyInfo)
	if !slices.Contains(pins, base64.StdEncoding.EncodeToString(digest[:])) {
		return errors.New("no pin matches")
	}
	return nil
}

func get(client *http.Client, address string) error {
	response, err := client.Get(address)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}
