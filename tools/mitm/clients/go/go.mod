module assay.invalid/mitm/client

go 1.24
