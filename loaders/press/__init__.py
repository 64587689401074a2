"""Press items that the project read by hand."""
