"""What pyproject.toml cannot say: the wheel holds a program, so it belongs to one kind of machine."""

from setuptools import Distribution, setup


class WithProgram(Distribution):
    def has_ext_modules(self) -> bool:
        return True


setup(distclass=WithProgram)
