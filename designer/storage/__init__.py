"""Architectures as files: reading with every error named, writing without loss, and the samples that come along."""
