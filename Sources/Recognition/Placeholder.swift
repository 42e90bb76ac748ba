// The first file of this layer follows.
